import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { type Content, readFolder } from '../../test/support/load.ts'
import { scratch } from '../../test/support/run.ts'
import { type Engine, openEngine, ROW, type Session } from '../engine/index.ts'

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

async function read(name: string, content: Content) {
  const { tables, codes, findings } = await readFolder(session, { [`d/${name}`]: content, 'd/other.csv': 'k,v\n1,2\n' })
  return { rows: tables['a'], tables, codes, findings }
}

interface Parts {
  readonly sheets: Record<string, string>
  readonly styles?: string
  readonly strings?: string
  readonly workbook?: string
  readonly hidden?: string
}
/** A workbook from the XML of its parts, so that a test says exactly what stands in the file. */
async function workbook({ sheets, styles, strings, workbook, hidden }: Parts): Promise<Buffer> {
  using dir = scratch()
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const zip = new ZipFile()
  const add = (name: string, text: string): void => zip.addBuffer(Buffer.from(text), name)
  const names = Object.keys(sheets)
  add(
    'xl/workbook.xml',
    `<workbook ${main} xmlns:r="${office}">${workbook ?? ''}<sheets>${names.map((n, i) => `<sheet name="${n}" sheetId="${i + 1}" r:id="r${i}" ${n === hidden ? 'state="veryHidden"' : ''}/>`).join('')}</sheets></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships>${names.map((_, i) => `<Relationship Id="r${i}" Target="/xl/worksheets/s${i}.xml"/>`).join('')}</Relationships>`,
  )
  if (styles) add('xl/styles.xml', `<styleSheet ${main}>${styles}</styleSheet>`)
  if (strings) add('xl/sharedStrings.xml', `<sst ${main}>${strings}</sst>`)
  Object.values(sheets).forEach((xml, i) => {
    add(`xl/worksheets/s${i}.xml`, `<worksheet ${main}>${xml}</worksheet>`)
  })
  zip.end()
  const path = join(dir.path, 'x.xlsx')
  await pipeline(zip.outputStream, createWriteStream(path))
  return await readFile(path)
}
const text = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
const number = (at: string, value: string | number, style = 0): string =>
  `<c r="${at}" s="${style}"><v>${value}</v></c>`
const row = (n: number, ...cells: string[]): string => `<row r="${n}">${cells.join('')}</row>`
const data = (...rows: string[]): string => `<sheetData>${rows.join('')}</sheetData>`

describe('workbooks', () => {
  test('a title, then two cells of preamble, then the header', async () => {
    const { rows, codes } = await read(
      'a.xlsx',
      await workbook({
        sheets: {
          s: data(
            row(1, text('A1', '某市报表')),
            row(2, text('A2', '单位：统计局'), text('D2', '万元')),
            row(3, text('A3', '序号'), text('B3', '名称'), text('C3', '数量'), text('D3', '备注')),
            row(4, number('A4', 1), text('B4', '甲'), number('C4', 10), text('D4', 'x')),
            row(5, number('A5', 2), text('B5', '乙'), number('C5', 20)),
          ),
        },
      }),
    )
    expect(rows).toEqual([
      { [ROW]: 4, 序号: '1', 名称: '甲', 数量: '10', 备注: 'x' },
      { [ROW]: 5, 序号: '2', 名称: '乙', 数量: '20', 备注: null },
    ])
    expect(codes).toEqual(['source.title-lines'])
  })
  test('a header of three rows, as deep as its merged cells reach', async () => {
    const merges = ['A1:A3', 'B1:E1', 'B2:C2', 'D2:E2'].map((ref) => `<mergeCell ref="${ref}"/>`).join('')
    const { rows } = await read(
      'a.xlsx',
      await workbook({
        sheets: {
          s: `${data(
            row(1, text('A1', '区'), text('B1', '人口')),
            row(2, text('B2', '城镇'), text('D2', '农村')),
            row(3, text('B3', '男'), text('C3', '女'), text('D3', '男'), text('E3', '女')),
            row(4, text('A4', '甲区'), ...['B4', 'C4', 'D4', 'E4'].map((at, i) => number(at, i))),
            row(5, text('A5', '乙区'), ...['B5', 'C5', 'D5', 'E5'].map((at, i) => number(at, i))),
          )}<mergeCells>${merges}</mergeCells>`,
        },
      }),
    )
    expect(rows![0]).toEqual({
      [ROW]: 4,
      区: '甲区',
      '人口/城镇/男': '0',
      '人口/城镇/女': '1',
      '人口/农村/男': '2',
      '人口/农村/女': '3',
    })
  })
  test('days of 1900 and of 1904, hours beyond a day, shares, formats of one’s own', async () => {
    const formats =
      '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="[h]:mm:ss"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="10"/></cellXfs>'
    const sheet = data(
      row(1, ...['A1', 'B1', 'C1', 'D1', 'E1'].map((at) => text(at, `c${at}`))),
      row(
        2,
        number('A2', 45351, 1),
        number('B2', 45351.5, 2),
        number('C2', 45351, 3),
        number('D2', 1.25, 4),
        number('E2', 0.125, 5),
      ),
      row(3, number('A3', 1, 1), number('B3', 61, 1), number('C3', 59, 1), text('D3', 'x'), text('E3', 'x')),
    )
    const plain = await read('a.xlsx', await workbook({ sheets: { s: sheet }, styles: formats }))
    expect(plain.rows!.map((r) => Object.values(r).slice(1))).toEqual([
      ['2024-02-29', '2024-02-29 12:00:00', '2024-02-29', '30:00:00', '0.125'],
      ['1900-01-01', '1900-03-01', '1900-02-28', 'x', 'x'],
    ])
    const mac = await workbook({ sheets: { s: sheet }, styles: formats, workbook: '<workbookPr date1904="1"/>' })
    expect((await read('a.xlsx', mac)).rows![0]!['cA1']).toBe('2028-03-01')
  })
  test('eaten digits and formulas without a result are counted per column, error cells named one by one; nothing is repaired', async () => {
    const { rows, findings } = await read(
      'a.xlsx',
      await workbook({
        sheets: {
          s: data(
            row(1, text('A1', '证件'), text('B1', '公式'), text('C1', '值'), text('D1', '号')),
            row(
              2,
              number('A2', '1.1010519491231E+17'),
              '<c r="B2"><f>A2*2</f></c>',
              '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
              text('D2', '007'),
            ),
            row(
              3,
              number('A3', '110105194912310021'),
              '<c r="B3"><f>A3</f><v>5</v></c>',
              '<c r="C3" t="str"><f>"x"</f><v>x</v></c>',
              number('D3', 7),
            ),
          ),
        },
      }),
    )
    expect(rows).toEqual([
      { [ROW]: 2, 证件: '1.1010519491231E+17', 公式: null, 值: null, 号: '007' },
      { [ROW]: 3, 证件: '110105194912310021', 公式: '5', 值: 'x', 号: '7' },
    ])
    expect(findings.map((f) => [f.code, f.place.row, f.place.column])).toEqual([
      ['source.error-cell', 2, '值'],
      ['source.lost-digits', 2, '证件'],
      ['source.uncomputed-formula', 2, '公式'],
    ])
  })
  test('shared strings with rich text and reading aids, hidden sheets, a last row far below, a table that begins at C3', async () => {
    const { tables, codes } = await read(
      'a.xlsx',
      await workbook({
        strings:
          '<si><t>名</t></si><si><r><t>张</t></r><r><t xml:space="preserve"> 三</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>',
        hidden: '密',
        sheets: {
          甲: data(
            row(3, '<c r="C3" t="s"><v>0</v></c>', text('D3', 'v')),
            row(4, '<c r="C4" t="s"><v>1</v></c>', number('D4', 1)),
            row(1048576, '<c r="C1048576" t="s"><v>2</v></c>', number('D1048576', 2)),
          ),
          密: data(row(1, text('A1', 'a'), text('B1', 'b')), row(2, number('A2', 1), number('B2', 2))),
          空: data(),
        },
      }),
    )
    expect(tables['a#甲']).toEqual([
      { [ROW]: 4, 名: '张 三', v: '1' },
      { [ROW]: 1048576, 名: 'a\rb_x0041_', v: '2' },
    ])
    expect([tables['a#密']!.length, codes]).toEqual([1, ['source.hidden-sheet']])
  })
})

describe('JSON', () => {
  test.each([
    [
      'rows under their header',
      '[["a","b"],[1,"x"],[2,null]]',
      [
        ['1', 'x'],
        ['2', null],
      ],
    ],
    ['rows beside their fields', '{"fields":[{"id":"a"},{"id":"b"}],"records":[["1","x"]]}', [['1', 'x']]],
    ['rows of a portal', '{"meta":{"view":{"columns":[{"name":"a"},{"name":"b"}]}},"data":[["1","x"]]}', [['1', 'x']]],
    ['one object', '{\n "a": 1,\n "b": [2]\n}', [['1', '[2]']]],
    [
      'no numbers',
      '[{"a":NaN,"b":"NaN, NaN"},{"a":-Infinity,"b":1}]',
      [
        ['NaN', 'NaN, NaN'],
        ['-Infinity', '1'],
      ],
    ],
    [
      'long and odd numbers',
      '[{"a":12345678901234567890,"b":1.10},{"a":1e400,"b":-0}]',
      [
        ['12345678901234567890', '1.10'],
        ['1e400', '-0'],
      ],
    ],
    ['carriage returns', '[{"a":"x\\r\\ny","b":"p\\rq"}]', [['x\r\ny', 'p\rq']]],
  ])('%s', async (_, content, expected) => {
    const { rows, codes } = await read('a.json', content)
    expect([rows!.map((r) => [r['a'], r['b']]), codes]).toEqual([expected, []])
  })
  test('features on a map give their properties', async () => {
    const { rows } = await read(
      'a.json',
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point"}}]}',
    )
    expect(rows).toEqual([{ [ROW]: 1, n: '1', geometry: '{"type":"Point"}' }])
  })
  test('names that objects inherit are names like others', async () => {
    const { rows } = await read('a.json', '[{"__proto__":1,"constructor":2,"toString":3}]')
    expect(Object.entries(rows![0]!)).toEqual([
      [ROW, 1],
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', '3'],
    ])
  })
  test.each([
    ['[]', 'source.empty-file'],
    ['[{}]', 'source.corrupt'],
    ['[1,2,3]', 'source.corrupt'],
    ['{"a":', 'source.corrupt'],
    ['['.repeat(100_000), 'source.corrupt'],
    ['"x"', 'source.corrupt'],
  ])('%#: nothing to read is said, and costs no other file', async (content, code) => {
    const { rows, codes, tables } = await read('a.json', content)
    expect([rows, codes, Object.keys(tables)]).toEqual([undefined, [code], ['other']])
  })
})
