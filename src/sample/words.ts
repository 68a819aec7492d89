/** Pools of made-up names. Surnames stand in about the order of their frequency in China; nobody here exists. */
export const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
  '欧阳',
  '上官',
  '司徒',
  '𬱖',
  '㛃',
]
export const givenMen = [...'伟强磊军洋勇杰涛超明辉刚健俊峰龙宇浩博文斌鹏飞志国建平海波晨阳轩睿泽铭翔嘉豪']
export const givenWomen = [...'芳娜敏静丽艳娟霞秀玲燕红桂英梅琳颖婷雪慧莹洁晶璐瑶欣怡诗涵雨萱佳琪梦倩𬍛婧']
export const minority = ['阿依古丽·买买提', '迪丽努尔·艾力', '巴特尔·苏和', '才让·多吉', '次仁·卓玛']
export const marks = [...'恒泰隆鑫瑞丰华盛兴达康宁远宏嘉博凯翔腾云智海天润德信诚安和金正中大东方新世纪星辰曜昱珩霁']
export const trades: readonly (readonly [string, string])[] = [
  ['科技', '65'],
  ['贸易', '51'],
  ['建筑工程', '47'],
  ['餐饮管理', '62'],
  ['物流', '54'],
  ['信息技术', '65'],
  ['食品', '14'],
  ['医药', '27'],
  ['机械制造', '34'],
  ['教育咨询', '83'],
  ['文化传播', '88'],
  ['环保工程', '77'],
  ['房地产开发', '70'],
  ['电子商务', '52'],
  ['农业发展', '01'],
  ['纺织', '17'],
]
export const forms = ['有限公司', '有限公司', '有限公司', '有限责任公司', '股份有限公司', '集团有限公司']
export const streets = [
  '望云路',
  '清溪街',
  '长亭路',
  '松风大道',
  '临江西路',
  '翠微路',
  '明德街',
  '北辰路',
  '南浦巷',
  '东湖大道',
  '学院路',
  '新安路',
  '和平里',
  '育才街',
  '秋实路',
  '晨曦路',
]
export const estates = ['云锦花园', '听涛苑', '金桂小区', '书香门第', '阳光家园', '滨江一号', '梧桐里', '安居新村']
/** The invented city stands on real district codes; the names of its streets are invented. */
export const city = '云岭市'
export const districts: readonly (readonly [code: string, name: string, since: number])[] = [
  ['330102', '望江区', 1981],
  ['330103', '下城区', 1981],
  ['330104', '江东区', 1981],
  ['330105', '拱辰区', 1981],
  ['330106', '西溪区', 1981],
  ['330108', '滨河区', 1996],
  ['330109', '萧山里', 2001],
  ['330110', '余杭里', 2001],
]
/** Codes of elsewhere, in use all the time since 1981. */
export const elsewhere = ['110105', '310104', '320104', '340102', '420103', '440106', '510104', '610103']
export const ethnic: readonly (readonly [string, string])[] = [
  ['01', '汉族'],
  ['11', '满族'],
  ['03', '回族'],
  ['05', '维吾尔族'],
  ['15', '土家族'],
  ['02', '蒙古族'],
  ['04', '藏族'],
  ['22', '畲族'],
]
/** Homophones and look-alikes, for typing and reading errors. */
export const alike: Readonly<Record<string, string>> = {
  伟: '玮',
  强: '墙',
  芳: '方',
  娜: '那',
  敏: '闽',
  静: '静',
  丽: '莉',
  泰: '秦',
  恒: '恆',
  隆: '龙',
  鑫: '金',
  华: '花',
  云: '雲',
  明: '朋',
  辉: '晖',
  建: '健',
  国: '囯',
  王: '玉',
  张: '章',
  李: '季',
  刘: '流',
  军: '君',
  海: '梅',
  科: '料',
  艳: '燕',
  志: '智',
  文: '纹',
  博: '搏',
  宇: '雨',
}
