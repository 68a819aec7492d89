import { join } from 'node:path'
import { mkdirSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFolder } from '../../test/support/load.ts'
import { scratch } from '../../test/support/run.ts'
import { type Engine, openEngine, ROW, type Session } from '../engine/index.ts'
import { encodeGb18030 } from '../sample/gb18030.ts'
import { cleanCsv } from './clean.ts'
import { loadRecords } from './records.ts'

/** Text files as offices really write them. Expectations are written by hand, as a person reads the file. */
let engine: Engine
let session: Session
beforeAll(async () => {
  engine = await openEngine({ threads: 2, memory: '1GB' })
  session = await engine.open()
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await engine[Symbol.asyncDispose]()
})

/** Reads one file: header, rows without their numbers, finding codes, how it was read. */
async function read(content: string | Uint8Array, name = 'a.csv') {
  const { tables, versions, findings, codes } = await readFolder(session, {
    [`d/${name}`]: content,
    'd/other.csv': 'k,v\n1,2\n',
  })
  const table = versions.find((v) => v.table.dataset === 'a')
  const rows = (tables['a'] ?? []).map((r) => table!.table.columns.map((c) => r[c] ?? ''))
  return { header: table?.table.columns, rows, codes, findings, origin: table?.origin }
}

describe('delimiters and quotes', () => {
  test.each([
    ['^', 'a^b\n1^2\n'],
    ['~', 'a~b\n1~2\n'],
    ['\u0001', 'a\u0001b\n1\u00012\n'],
    ['||', 'a||b\n1||2\n'],
    ['|@|', 'a|@|b\n1|@|2\n'],
    ['::', 'a::b\n1::2\n'],
    ['|', 'a|b\n1|2\n'],
    ['\t', 'a\tb\n1\t2\n'],
  ])('%j separates where every record agrees', async (delimiter, text) => {
    const { header, rows, origin } = await read(text)
    expect([origin!.delimiter, header, rows]).toEqual([delimiter, ['a', 'b'], [['1', '2']]])
  })
  test('blanks around quotes hide no delimiter and lose no record', async () => {
    const { header, rows, codes } = await read('a, "b", c\n1, "x, y", 3\n2,"z" ,4\n')
    expect([header, codes]).toEqual([['a', 'b', 'c'], []])
    expect(rows).toEqual([
      ['1', 'x, y', ' 3'],
      ['2', 'z', '4'],
    ])
  })
  test('records of words and quotes between blanks are read or reported, never lost', async () => {
    const { rows, codes } = await read('110000 "北京 市"\n110101 东城区\n110102 "西"城\n', 'a.txt')
    expect(rows).toEqual([
      ['110000', '北京 市'],
      ['110101', '东城区'],
    ])
    expect(codes).toContain('source.stray-quote')
  })
  test('single quotes quote where no double ones do', async () => {
    const { rows } = await read("a,b\n'x, y','it''s'\n'z','w'\n")
    expect(rows).toEqual([
      ['x, y', "it's"],
      ['z', 'w'],
    ])
  })
  test('a quote that closes in a later line costs its own line alone', async () => {
    const { rows, findings } = await read('a,b\n1,"open\n2,"y"\n3,z\n')
    expect(rows).toEqual([
      ['2', 'y'],
      ['3', 'z'],
    ])
    expect(findings.map((f) => [f.code, f.place.line, f.place.row])).toEqual([['source.unclosed-quote', 2, 1]])
  })
  test('newlines of three kinds separate records and stay as they are inside quotes', async () => {
    const { rows, codes } = await read('a,b\r\n1,"x\ry"\n2,"x\r\ny"\r3,"x\ny"\r\n4,z')
    expect([rows.map((r) => r[1]), codes]).toEqual([['x\ry', 'x\r\ny', 'x\ny', 'z'], []])
  })
  test('delimiters after the last column hold nothing and cost nothing', async () => {
    const { header, rows, codes } = await read('a,b\n1,2,\n3,4\n5,6,,\n7,8,x\n9,10\n11,12\n')
    expect([header, rows.length, codes]).toEqual([['a', 'b'], 5, ['source.too-many-fields']])
  })
})

describe('what stands above and below the table', () => {
  test('a preamble of several cells, a blank line, then the header', async () => {
    const { header, rows, codes } = await read(
      '杭州市统计表\n制表单位：统计局,制表时间：2024-01-01\n\n序号,名称,数量\n1,甲,10\n2,乙,20\n合计,,30\n',
    )
    expect([header, rows.length, codes]).toEqual([['序号', '名称', '数量'], 3, ['source.title-lines']])
  })
  test('a preamble as wide as the table, parted by a blank line', async () => {
    const { header, rows } = await read('From;2020;to;2021\n;;;\nid;name;qty;price\n1;a;2;3.5\n2;b;3;4.5\n')
    expect([header, rows.length]).toEqual([['id', 'name', 'qty', 'price'], 2])
  })
  test('groups above the names, as merged cells are exported', async () => {
    const { header, rows } = await read(
      '基本信息,,联系方式,\n姓名,性别,电话,地址\n张三,男,138,杭州\n李四,女,139,宁波\n',
    )
    expect([header, rows.length]).toEqual([['姓名', '性别', '电话', '地址'], 2])
  })
  test.each([
    ['a blank first name, as programs number their rows', ',a,b\nr1,x,y\nr2,z,w\n', ['列1', 'a', 'b'], 2],
    ['a blank line below the header', 'a,b,c\n\nx,y,z\nu,v,w\n', ['a', 'b', 'c'], 2],
    ['years as names', 'code,2019,2020\nA,x,y\nB,z,w\n', ['code', '2019', '2020'], 2],
    ['text in every column', 'name,city,country\nalice,paris,fr\nbob,london,uk\n', ['name', 'city', 'country'], 2],
  ])('%s makes no preamble of the header', async (_, text, header, count) => {
    const found = await read(text)
    expect([found.header, found.rows.length]).toEqual([header, count])
  })
  test('a name of two lines, and a quote left open in a title, cost no record', async () => {
    expect(await read('"列\n名",k\n值,1\n')).toMatchObject({ header: ['列\n名', 'k'], rows: [['值', '1']], codes: [] })
    const titled = await read('5" pipes\na,b\n1,"x"\n2,y\n')
    expect([titled.header, titled.rows]).toEqual([
      ['a', 'b'],
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ])
  })
  test('a file of blanks and quotes is empty', async () => {
    for (const text of ['\n\n\n', '   \n \n', '"",""\n"",""\n'])
      expect((await read(text)).codes).toEqual(['source.empty-file'])
  })
})

describe('encodings', () => {
  const bytes = (...parts: (string | number[])[]): Uint8Array =>
    Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'latin1') : Buffer.from(p))))
  test('accents of Western files are Windows-1252, not Chinese', async () => {
    const { rows, origin, codes } = await read(
      Buffer.from('name,city\nJosé,Málaga\nMüller,Köln\nÅse,Tromsø\n', 'latin1'),
    )
    expect([origin!.encoding, codes]).toEqual(['windows-1252', []])
    expect(rows[2]).toEqual(['Åse', 'Tromsø'])
  })
  test('Big5 of Hong Kong and Taiwan', async () => {
    // 姓名,地址 / 陳大文,臺北市 / 林小明,高雄市
    const { rows, origin } = await read(
      bytes(
        [0xa9, 0x6d, 0xa6, 0x57],
        ',',
        [0xa6, 0x61, 0xa7, 0x7d],
        '\n',
        [0xb3, 0xaf, 0xa4, 0x6a, 0xa4, 0xe5],
        ',',
        [0xbb, 0x4f, 0xa5, 0x5f, 0xa5, 0xab],
        '\n',
        [0xaa, 0x4c, 0xa4, 0x70, 0xa9, 0xfa],
        ',',
        [0xb0, 0xaa, 0xb6, 0xaf, 0xa5, 0xab],
        '\n',
      ),
    )
    expect([origin!.encoding, rows[0]]).toEqual(['big5', ['陳大文', '臺北市']])
  })
  test('four-byte characters alone are GB18030', async () => {
    const { rows, origin, codes } = await read(encodeGb18030('a,b\n𬱖,1\n㐂,2\n'))
    expect([origin!.encoding, rows, codes]).toEqual([
      'gb18030',
      [
        ['𬱖', '1'],
        ['㐂', '2'],
      ],
      [],
    ])
  })
  test('an encoding nobody here reads is said to be doubtful', async () => {
    // 山田太郎,東京都 in Shift_JIS
    const { codes } = await read(
      bytes('a,b\n', [0x8e, 0x52, 0x93, 0x63, 0x91, 0xbe, 0x98, 0x59], ',', [0x93, 0x8c, 0x8b, 0x9e, 0x93, 0x73], '\n'),
    )
    expect(codes).toContain('source.doubtful-encoding')
  })
  test('UTF-16 of both orders, with and without its mark', async () => {
    const text = '编号,姓名\n1,张三\n2,𬱖某\n'
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    for (const content of [little, big, bytes([0xff, 0xfe], [...little]), bytes([0xfe, 0xff], [...big])])
      expect((await read(content)).rows).toEqual([
        ['1', '张三'],
        ['2', '𬱖某'],
      ])
  })
  test.each([
    ['a workbook', Buffer.from('PK\u0003\u0004xxxx'), 'ZIP / XLSX'],
    ['a page of the web', '<!DOCTYPE html><html>404</html>', 'HTML / XML'],
    ['UTF-32', bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'UTF-32'],
    ['noise', Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256), 'binary'],
  ])('%s called .csv is named and not read', async (_, content, what) => {
    const { header, findings } = await read(content)
    expect(header).toBeUndefined()
    expect(findings[0]).toMatchObject({ code: 'source.not-text', place: { file: 'd/a.csv' } })
    expect(findings[0]!.words.en).toContain(what)
  })
})

test('names that plans use for themselves, names that differ by case, and NUL in a name get another name, and it is said', async () => {
  const { tables, codes } = await readFolder(session, {
    'd/a.csv': '#row,#ROW,#e0,#rule,ID,id,row,value,key,n,file_row_number\n1,2,3,4,5,6,7,8,9,10,11\n',
  })
  expect(Object.keys(tables['a']![0]!)).toEqual([
    ROW,
    '#row_1',
    '#ROW_1_2',
    '#e0_1',
    '#rule_1',
    'ID',
    'id_2',
    'row',
    'value',
    'key',
    'n',
    'file_row_number',
  ])
  expect(Object.values(tables['a']![0]!)).toEqual([1, '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])
  expect(codes.filter((c) => c === 'source.reserved-header')).toHaveLength(4)
})

test('two roads meet: what the engine reads by itself is what the exact road reads', async () => {
  using dir = scratch()
  const at = (name: string): string => join(dir.path, name)
  mkdirSync(at('s'))
  const columns = ['h', 'i']
  const watch = {}
  const rows = async (path: string): Promise<unknown[][]> =>
    (await session.rows({ kind: 'parquet', paths: [path] })).map((r) => columns.map((c) => r[c] || null))
  let compared = 0
  let turn = 0
  const unit = fc.constantFrom('a', 'b', ',', ',', '"', '"', ' ', '\n', '\n', '汉')
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, minLength: 2, maxLength: 16 }), async (body) => {
      // the engine joins two quoted parts with blanks between them; no writer makes such a field
      fc.pre(!/" +"/.test(body))
      // the engine keeps what it has read of a path
      const [raw, parquet, cleaned, exact] = ['x.csv', 'x.parquet', 'c.csv', 'c.parquet'].map((n) => at(`${turn}-${n}`))
      turn++
      writeFileSync(raw!, `h,i\n${body}\n`)
      const input = {
        format: 'csv',
        path: raw!,
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        skip: 1,
        columns,
      } as const
      const direct = await session.load(input, parquet!)
      if (direct.rejects.length > 0) return
      const clean = await cleanCsv({
        path: raw!,
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        skipLines: 1,
        width: 2,
        padShort: false,
        target: cleaned!,
        place: {},
      })
      expect(clean.findings).toEqual([])
      const context = { session, name: 'x', place: {}, scratch: at('s'), watch }
      await loadRecords(cleaned!, clean.records, columns, exact!, context)
      expect(await rows(exact!)).toEqual(await rows(parquet!))
      compared++
    }),
    { numRuns: 600, seed: 5 },
  )
  expect(compared).toBeGreaterThan(60)
})
