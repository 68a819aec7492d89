import { type Finding, type Particulars, type Place, say, type Words } from '../core/index.ts'

interface Row extends Words {
  readonly severity: Finding['severity']
}

/** Everything that can be wrong with files, in one table; the guide lists it. */
const table = {
  'source.ignored-file': { severity: 'note', zh: '说明文件，未作为数据读取', en: 'a readme, not read as data' },
  'source.unsupported-type': {
    severity: 'weak',
    zh: '不支持的文件类型 {type}，未读取',
    en: 'files of type {type} are not read',
  },
  'source.directory-named-as-file': {
    severity: 'weak',
    zh: '这是一个目录，不是文件',
    en: 'this is a directory, not a file',
  },
  'source.no-permission': { severity: 'strong', zh: '没有读取权限', en: 'no permission to read' },
  'source.link-outside': {
    severity: 'strong',
    zh: '链接指向目录之外，未读取',
    en: 'a link that leads out of the folder; not read',
  },
  'source.broken-link': { severity: 'weak', zh: '链接指向的文件不存在', en: 'a link to nothing' },
  'source.special-file': { severity: 'weak', zh: '不是普通文件，未读取', en: 'not a regular file; not read' },
  'source.empty-file': { severity: 'weak', zh: '文件为空', en: 'the file is empty' },
  'source.header-only': { severity: 'weak', zh: '只有表头，没有记录', en: 'a header and no records' },
  'source.no-header': {
    severity: 'note',
    zh: '没有表头，列名定为 列1、列2…',
    en: 'no header; columns are named 列1, 列2, …',
  },
  'source.title-lines': {
    severity: 'note',
    zh: '表头之前有 {lines} 行标题，已跳过',
    en: '{lines} title lines before the header were skipped',
  },
  'source.blank-header': {
    severity: 'weak',
    zh: '第 {position} 列没有列名，定为“{name}”',
    en: 'column {position} has no name; it is called "{name}"',
  },
  'source.duplicate-header': {
    severity: 'weak',
    zh: '列名“{header}”重复，第 {position} 列改称“{name}”',
    en: 'the name "{header}" is used twice; column {position} is called "{name}"',
  },
  'source.reserved-header': {
    severity: 'note',
    zh: '列名“{header}”为保留名，改称“{name}”',
    en: 'the name "{header}" is reserved; the column is called "{name}"',
  },
  'source.too-few-fields': {
    severity: 'strong',
    zh: '只有 {found} 个字段，应为 {expected} 个，此记录未读入',
    en: '{found} fields instead of {expected}; the record was not read',
  },
  'source.too-many-fields': {
    severity: 'strong',
    zh: '有 {found} 个字段，应为 {expected} 个，此记录未读入',
    en: '{found} fields instead of {expected}; the record was not read',
  },
  'source.short-records': {
    severity: 'weak',
    zh: '多数记录只有 {found} 个字段（表头 {expected} 个），缺少的按空值读入',
    en: 'most records have {found} fields (header: {expected}); missing ones are read as blank',
  },
  'source.unclosed-quote': {
    severity: 'strong',
    zh: '引号没有闭合，此记录未读入',
    en: 'a quote that is never closed; the record was not read',
  },
  'source.stray-quote': {
    severity: 'strong',
    zh: '引号之后还有字符，此记录未读入',
    en: 'characters after a closing quote; the record was not read',
  },
  'source.bad-encoding': {
    severity: 'strong',
    zh: '有不属于 {encoding} 的字节，此记录未读入',
    en: 'bytes that are not {encoding}; the record was not read',
  },
  'source.doubtful-encoding': {
    severity: 'weak',
    zh: '无法确定字符编码，按 {encoding} 读取，文字可能有误；请另存为 UTF-8',
    en: 'the encoding is not certain; read as {encoding}, characters may be wrong; save the file as UTF-8',
  },
  'source.record-too-long': {
    severity: 'strong',
    zh: '记录超过 {limit} 个字符，未读入',
    en: 'the record exceeds {limit} characters and was not read',
  },
  'source.bad-json': { severity: 'strong', zh: '不是合法的 JSON 对象，未读入', en: 'not a JSON object; not read' },
  'source.too-large': {
    severity: 'strong',
    zh: '文件过大，请改用 NDJSON 或 CSV',
    en: 'too large; use NDJSON or CSV instead',
  },
  'source.needs-memory': {
    severity: 'strong',
    zh: '读取此文件超出内存上限，未读取；请加大 --memory，或检查文件是否损坏',
    en: 'reading the file takes more memory than allowed; not read; raise --memory, or see whether it is damaged',
  },
  'source.corrupt': {
    severity: 'strong',
    zh: '文件已损坏或不是 {format}：{why}',
    en: 'damaged, or not {format}: {why}',
  },
  'source.not-text': {
    severity: 'strong',
    zh: '不是文本文件，内容为 {what}，未读取；请改用相应的扩展名',
    en: 'not a text file but {what}; not read; give it the extension it should have',
  },
  'source.encrypted': {
    severity: 'strong',
    zh: '文件已加密，无法读取',
    en: 'the file is encrypted and cannot be read',
  },
  'source.old-excel': {
    severity: 'strong',
    zh: '旧版 .xls 或加密的工作簿，请另存为 .xlsx',
    en: 'an old .xls or an encrypted workbook; save it as .xlsx',
  },
  'source.zip-bomb': {
    severity: 'strong',
    zh: '压缩比或展开大小超出限度，未读取',
    en: 'unpacks beyond the limits; not read',
  },
  'source.zip-path': {
    severity: 'strong',
    zh: '压缩包内的路径不可用，未读取',
    en: 'a path inside the archive that cannot be used; not read',
  },
  'source.nested-archive': {
    severity: 'weak',
    zh: '压缩包里的压缩包未读取',
    en: 'an archive within an archive is not read',
  },
  'source.changed-while-read': {
    severity: 'strong',
    zh: '读取期间文件有变化，未采用；请稍后重试',
    en: 'the file changed while it was read and was not taken; try again later',
  },
  'source.hidden-sheet': {
    severity: 'note',
    zh: '隐藏的工作表，已照常读取',
    en: 'a hidden sheet; read like the others',
  },
  'source.merged-header': {
    severity: 'note',
    zh: '表头有合并单元格，列名由各行合成',
    en: 'merged header cells; names are joined from the rows of the header',
  },
  'source.error-cell': {
    severity: 'strong',
    zh: '单元格为错误值 {value}，按空值读入',
    en: 'the cell holds the error {value}; read as blank',
  },
  'source.lost-digits': {
    severity: 'strong',
    zh: '长数字存为数值，第 15 位以后已丢失：{count} 个单元格',
    en: 'long numbers stored as numerals lost their digits after the 15th: {count} cells',
  },
  'source.uncomputed-formula': {
    severity: 'weak',
    zh: '公式没有存下计算结果，按空值读入：{count} 个单元格',
    en: 'formulas without a stored result were read as blank: {count} cells',
  },
  'source.name-taken': {
    severity: 'note',
    zh: '同部门已有同名数据资源，改称“{name}”',
    en: 'the department has a resource of this name; this one is called "{name}"',
  },
} as const satisfies Record<string, Row>

export { table as findingTable }
export type FindingCode = keyof typeof table

/** Makes a finding of the table. */
export function finding(code: FindingCode, place: Place, particulars: Particulars = {}): Finding {
  const { severity, ...words } = table[code]
  return { code, severity, place, words: say(words, particulars) }
}
