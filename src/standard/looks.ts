/** What values look like where no check decides. These are evidence that a column holds such things, never a finding against a value. */

/** The most frequent surnames; about nine people in ten bear one of them. */
const surnames = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝',
)
const doubled = /^(欧阳|上官|司徒|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|端木|东方|独孤)/
const han = /^\p{Script=Han}+$/u

/** A surname and one or two characters, or a name of several parts. */
export function looksLikePerson(value: string): boolean {
  const name = value.replace(/\s/g, '')
  if (/^\p{Script=Han}+[·•・.]\p{Script=Han}+$/u.test(name)) return true
  const letters = [...name]
  if (!han.test(name.replace(/[?*□]/g, ''))) return false
  if (doubled.test(name)) return letters.length <= 4
  return letters.length >= 2 && letters.length <= 3 && surnames.has(letters[0]!)
}

/** Ends as organisations do. */
export const looksLikeOrganisation = (value: string): boolean =>
  /\p{Script=Han}/u.test(value) &&
  /(公司|集团|厂|店|行|社|院|所|中心|部|馆|站|学校|大学|中学|小学|企业|局|委员会|协会|学会|基金会|场|园|物业|事务所)([（(].*[）)])?$/.test(
    value.trim(),
  )

/** Names a road, a village, a house. */
export const looksLikeAddress = (value: string): boolean =>
  /\p{Script=Han}{2}/u.test(value) && /[路街巷弄道村镇乡区县市号幢栋楼室苑里组]/.test(value)

/** States in which registers hold enterprises. */
export const looksLikeStatus = (value: string): boolean =>
  /^(存续|在业|开业|在营|正常|注销|吊销|迁出|迁入|撤销|停业|歇业|清算|设立|登记成立|非正常)/.test(value.trim())

/** GB/T 4754: a section letter, or two to four digits with or without it. */
export const looksLikeIndustry = (value: string): boolean => /^([A-T]|[A-T]?\d{2,4})$/.test(value.trim())

/** GB/T 4658 in words. */
export const looksLikeSchooling = (value: string): boolean =>
  /(博士|硕士|研究生|本科|大学|大专|专科|中专|高中|初中|小学|文盲|中技|技工)/.test(value)

/** GB/T 4762 in words. */
export const looksLikeParty = (value: string): boolean =>
  /(党员|团员|群众|民革|民盟|民建|民进|农工党|致公党|九三|台盟|无党派)/.test(value)
