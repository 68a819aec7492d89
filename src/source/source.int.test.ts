import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync, appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Content, type Read, readFolder, rowsOf } from '../../test/support/load.ts'
import { scratch } from '../../test/support/run.ts'
import { csvField } from '../core/index.ts'
import { type Engine, openEngine, ROW, type Session } from '../engine/index.ts'
import { encodeGb18030 } from '../sample/gb18030.ts'
import { writeXlsx } from '../sample/xlsx.ts'
import { loadFolder, pathSegment } from './index.ts'

let engine: Engine
let session: Session
beforeAll(async () => {
  engine = await openEngine({ threads: 2, memory: '2GB' })
  session = await engine.open()
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await engine[Symbol.asyncDispose]()
})

const load = (files: Record<string, Content>, prepare?: (folder: string) => void): Promise<Read> =>
  readFolder(session, files, prepare)

describe('delimited text', () => {
  test('UTF-8, a byte order mark, GB18030 and UTF-16 say the same', async () => {
    const text = '姓名,号码\n张三,1\n𬱖某,2\n'
    const { tables, versions } = await load({
      'd/plain.csv': text,
      'd/bom.csv': `\ufeff${text}`,
      'd/gbk.csv': encodeGb18030(text),
      'd/wide.tsv': Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(text.replaceAll(',', '\t'), 'utf16le')]),
    })
    for (const name of ['plain', 'bom', 'gbk', 'wide'])
      expect(tables[name], name).toEqual([
        { [ROW]: 1, 姓名: '张三', 号码: '1' },
        { [ROW]: 2, 姓名: '𬱖某', 号码: '2' },
      ])
    expect(versions.map((v) => v.origin.encoding)).toEqual(['utf-8-bom', 'gb18030', 'utf-8', 'utf-16le'])
  })

  test('a row that cannot be read is a finding with its line; all others load with their own numbers', async () => {
    const { tables, findings } = await load({ 'd/a.csv': 'a,b\n1,x\nshort\n2,"two\nlines"\n3,y,z\n4,w\n' })
    expect(tables['a']).toEqual([
      { [ROW]: 1, a: '1', b: 'x' },
      { [ROW]: 3, a: '2', b: 'two\nlines' },
      { [ROW]: 5, a: '4', b: 'w' },
    ])
    expect(findings.map((f) => [f.code, f.place.line, f.place.row])).toEqual([
      ['source.too-few-fields', 3, 2],
      ['source.too-many-fields', 6, 4],
    ])
  })

  test('an unclosed quote costs its own line, a stray one its record', async () => {
    const { tables, codes } = await load({
      'd/a.csv': 'a,b\n1,x\n2,"oops\n3,z\n4,w\n',
      'd/b.csv': 'a,b\n1,"x"y\n2,z\n',
    })
    expect(tables['a']!.map((r) => r['a'])).toEqual(['1', '3', '4'])
    expect(tables['b']!.map((r) => r['a'])).toEqual(['2'])
    expect(codes).toEqual(['source.unclosed-quote', 'source.stray-quote'])
  })

  test('mixed encodings in one file: the bad lines are findings', async () => {
    const { tables, findings } = await load({
      'd/a.csv': Buffer.concat([
        Buffer.from('名,x\n张三,1\n'),
        encodeGb18030('李四,2\n'),
        Buffer.from('王五,3\n坏\ufffd,4\n'),
      ]),
    })
    expect(tables['a']!.map((r) => r['名'])).toEqual(['张三', '王五', '坏\ufffd'])
    expect(findings.map((f) => [f.code, f.place.line])).toEqual([['source.bad-encoding', 3]])
  })

  test('NUL, CR LF, CR alone, tabs, semicolons, one-megabyte cells', async () => {
    const long = 'x'.repeat(1 << 20)
    const { tables } = await load({
      'd/nul.csv': 'a,b\n1,x\0y\n',
      'd/crlf.csv': 'a,b\r\n1,x\n2,y\r\n',
      'd/cr.csv': 'a,b\r1,x\r2,y\r',
      'd/semi.csv': 'a;b\n1;x\n',
      'd/long.csv': `a,b\n1,${long}\n`,
    })
    expect(tables['nul']![0]!['b']).toBe('x\0y')
    expect(tables['crlf']!.map((r) => r['b'])).toEqual(['x', 'y'])
    expect(tables['cr']!.map((r) => r['b'])).toEqual(['x', 'y'])
    expect(tables['semi']).toEqual([{ [ROW]: 1, a: '1', b: 'x' }])
    expect(String(tables['long']![0]!['b']).length).toBe(1 << 20)
  })

  test('5,000 columns', async () => {
    const { tables } = await load({
      'd/wide.csv': `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(',')}\n${Array.from({ length: 5000 }, (_, i) => i).join(',')}\n`,
    })
    expect(tables['wide']![0]!['c4999']).toBe('4999')
  })

  test('no header, title lines, blank and duplicate headers are recognised and said', async () => {
    const { tables, codes } = await load({
      'd/none.txt': '110000 北京市\n110101 东城区\n',
      'd/title.csv': '某市汇总表,,\n姓名,,姓名\n张三,1,a\n李四,2,b\n',
    })
    expect(tables['none']![0]).toEqual({ [ROW]: 1, 列1: '110000', 列2: '北京市' })
    expect(tables['title']![1]).toEqual({ [ROW]: 2, 姓名: '李四', 列2: '2', 姓名_2: 'b' })
    expect(new Set(codes)).toEqual(
      new Set(['source.no-header', 'source.title-lines', 'source.blank-header', 'source.duplicate-header']),
    )
  })

  test('any table of any text comes back as it was written, in three encodings', async () => {
    const cell = fc
      .string({
        unit: fc.constantFrom('a', '0', '汉', '𬱖', '"', ',', '\n', '\t', "'", ';', '　', '=', '|', ' ', '\\'),
        maxLength: 12,
      })
      .filter((s) => s.trim() === s || s.includes('"'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 }), async (rows) => {
        const text = `id,甲,乙,丙\n${rows.map((r, i) => [`k${i}`, ...r].map(csvField).join(',')).join('\n')}\n`
        const { tables } = await load({
          'd/u.csv': text,
          'd/g.csv': encodeGb18030(text),
          'd/w.csv': Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]),
        })
        const expected = rows.map((r, i) => [`k${i}`, ...r])
        for (const name of ['u', 'g', 'w'])
          expect(
            tables[name]!.map((r) => [r['id'], r['甲'] ?? '', r['乙'] ?? '', r['丙'] ?? '']),
            name,
          ).toEqual(expected)
      }),
      { numRuns: 40, seed: 11 },
    )
  })
})

describe('other formats', () => {
  test('workbooks: sheets, title, merged header, dates, eaten digits, error cells', async () => {
    using dir = scratch()
    const path = join(dir.path, 'book.xlsx')
    await writeXlsx(path, [
      {
        name: '甲',
        rows: [
          ['标题'],
          ['编号', '联系', '', '日期', '证件'],
          ['', '电话', '邮箱', '', ''],
          ['1', '138', 'a@b', { date: '2024-02-29' }, { number: 110105194912310020 }],
          ['2', { formulaError: '#N/A' }, 'c', { date: '1999-12-31' }, 'x'],
          ['3', '', '', '', ''],
        ],
        merges: ['B2:C2'],
      },
      {
        name: '乙',
        rows: [
          ['a', 'b'],
          ['1', { number: 0.1 + 0.2 }],
        ],
      },
    ])
    const { tables, findings } = await load({ 'd/book.xlsx': readFileSync(path) })
    expect(tables['book#甲']![0]).toEqual({
      [ROW]: 4,
      编号: '1',
      '联系/电话': '138',
      '联系/邮箱': 'a@b',
      日期: '2024-02-29',
      证件: '110105194912310020',
    })
    expect(tables['book#乙']).toEqual([{ [ROW]: 2, a: '1', b: '0.3' }])
    expect(findings.map((f) => f.code).sort()).toEqual([
      'source.error-cell',
      'source.lost-digits',
      'source.merged-header',
      'source.title-lines',
    ])
    expect(findings.find((f) => f.code === 'source.error-cell')!.place).toMatchObject({
      sheet: '甲',
      row: 5,
      column: '联系/电话',
    })
  })

  test('JSON keeps the digits of long numbers; a bad line of NDJSON is a finding', async () => {
    const { tables, findings } = await load({
      'd/a.json': '{"data":[{"id":110105194912310021,"n":{"x":[1]}},{"id":null}]}',
      'd/b.ndjson': '{"a":1.50}\nbad\n{"a":"𬱖","b":true}\n',
    })
    expect(tables['a']).toEqual([
      { [ROW]: 1, id: '110105194912310021', n: '{"x":[1]}' },
      { [ROW]: 2, id: null, n: null },
    ])
    expect(tables['b']).toEqual([
      { [ROW]: 1, a: '1.50', b: null },
      { [ROW]: 3, a: '𬱖', b: 'true' },
    ])
    expect(findings.map((f) => [f.code, f.place.line])).toEqual([['source.bad-json', 2]])
  })

  test('gzip and Parquet', async () => {
    using dir = scratch()
    const target = join(dir.path, 'x.parquet')
    writeFileSync(join(dir.path, 'x.csv'), '1,张\n2,\n')
    await session.load(
      {
        format: 'csv',
        path: join(dir.path, 'x.csv'),
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        skip: 0,
        columns: ['a', '名'],
      },
      target,
    )
    const { tables } = await load({
      'd/z.csv.gz': gzipSync('a,b\n1,x\n'),
      'd/p.parquet': readFileSync(target),
      'd/broken.csv.gz': gzipSync('a,b\n1,x\n').subarray(0, 20),
    })
    expect(tables['z']).toEqual([{ [ROW]: 1, a: '1', b: 'x' }])
    expect(tables['p']).toEqual([
      { [ROW]: 1, a: '1', 名: '张' },
      { [ROW]: 2, a: '2', 名: null },
    ])
  })
})

describe('bad input', () => {
  test.each([
    ['nothing at all', {}],
    ['no data file', { 'd/x.docx': 'x' }],
  ])('%s is refused as a whole', async (_, files) => {
    await expect(load(files, (folder) => mkdirSync(folder, { recursive: true }))).rejects.toMatchObject({
      code: 'source.empty-folder',
    })
  })
  test('no such folder', async () => {
    await expect(
      loadFolder({ session, folder: '/nowhere/at/all', lake: '/tmp/none', scratch: '/tmp/none' }),
    ).rejects.toMatchObject({ code: 'source.no-such-folder' })
  })
  test('empty file, header only, directory named as a file, link out of the folder, damaged and renamed files: each named, the rest loads', async () => {
    const { tables, findings } = await load(
      {
        'd/good.csv': 'a,b\n1,2\n',
        'd/zero.csv': '',
        'd/head.csv': 'a,b\n',
        'd/bad.xlsx': 'PK no',
        'd/zip.xlsx': zipOf('x.txt', Buffer.from('hello')),
        'd/old.xls': 'x',
        'd/bad.parquet': 'PAR1',
        'd/bad.json': '{',
      },
      (folder) => {
        mkdirSync(join(folder, 'd', 'dir.csv'))
        symlinkSync('/etc/passwd', join(folder, 'd', 'out.csv'))
        symlinkSync('/etc', join(folder, 'd', 'etc'))
        symlinkSync(join(folder, 'nothing'), join(folder, 'd', 'broken.csv'))
      },
    )
    expect(Object.keys(tables).sort()).toEqual(['good', 'head'])
    const found = new Map(findings.map((f) => [f.place.file, f.code]))
    expect(found.get('d/zero.csv')).toBe('source.empty-file')
    expect(found.get('d/head.csv')).toBe('source.header-only')
    expect(found.get('d/dir.csv')).toBe('source.directory-named-as-file')
    expect(found.get('d/out.csv')).toBe('source.link-outside')
    expect(found.get('d/etc')).toBe('source.link-outside')
    expect(found.get('d/broken.csv')).toBe('source.broken-link')
    for (const name of ['d/bad.xlsx', 'd/zip.xlsx', 'd/bad.parquet', 'd/bad.json'])
      expect(found.get(name), name).toBe('source.corrupt')
    expect(found.get('d/old.xls')).toBe('source.old-excel')
  })
  test('a zip bomb and paths out of the archive are refused', async () => {
    const bomb = zipOf('bomb.csv', Buffer.alloc(40 * 1024 * 1024, 'a'))
    const { codes, tables } = await load({
      'd/ok.csv': 'a,b\n1,2\n',
      'd/bomb.csv.gz': gzipSync(Buffer.alloc(40 * 1024 * 1024, 'a')),
      'd/bomb.xlsx': zipOf('xl/workbook.xml', Buffer.alloc(40 * 1024 * 1024, ' ')),
      'd/bomb.zip': bomb,
      'd/path.zip': zipOf('../../evil.csv', Buffer.from('a\n1\n')),
    })
    expect(Object.keys(tables)).toEqual(['ok'])
    expect(codes.toSorted()).toEqual([
      'source.corrupt',
      'source.name-taken',
      'source.name-taken',
      'source.zip-bomb',
      'source.zip-bomb',
      'source.zip-path',
    ])
  })
  test('members of one archive share its budget; each lie, lock and archive within is named, the good member loads', async () => {
    const text = Buffer.from('a,b\n1,2\n')
    const many = zipOfMany(
      Array.from({ length: 12 }, (_, i) => ({
        name: `${i}.csv`,
        content: Buffer.alloc(4 << 20, `${'x'.repeat(4000)}\n`),
      })),
    )
    const { codes, versions } = await load({
      'd/many.zip': many,
      'd/odd.zip': zipOfMany([
        { name: 'good.csv', content: text },
        { name: 'good.json', content: Buffer.from('[{"a":1}]') },
        { name: 'inner.zip', content: zipOf('x.csv', text) },
        { name: 'locked.csv', content: text, flags: 1 },
        { name: '/etc/cron.csv', content: text },
        { name: '中文\\表.csv', content: text },
      ]),
      'd/lies.zip': zipOfMany([{ name: 'a.csv', content: text, size: 5 }]),
      'd/zip64.zip': zipOfMany([{ name: 'a.csv', content: text, size: 0xffffffff }]),
    })
    expect(
      versions
        .map((v) => v.table.dataset)
        .filter((n) => !n.startsWith('many'))
        .sort(),
    ).toEqual(['odd/good', 'odd/good~2', 'odd/中文/表'])
    expect(versions.filter((v) => v.table.dataset.startsWith('many')).length).toBeLessThan(12)
    expect(codes.filter((c) => !/name-taken|no-header/.test(c)).toSorted()).toEqual([
      'source.corrupt',
      'source.corrupt',
      'source.encrypted',
      'source.nested-archive',
      'source.zip-bomb',
      'source.zip-path',
    ])
  })
  test('a file and a folder without permission are named, the rest loads; the whole folder without it is a fault', async () => {
    using dir = scratch()
    for (const name of ['ok/a.csv', 'ok/no.csv', 'locked/b.csv']) {
      mkdirSync(join(dir.path, 'in', name, '..'), { recursive: true })
      writeFileSync(join(dir.path, 'in', name), 'a,b\n1,2\n')
    }
    mkdirSync(join(dir.path, 'work'))
    chmodSync(dir.path, 0o777)
    chmodSync(join(dir.path, 'work'), 0o777)
    chmodSync(join(dir.path, 'in', 'ok', 'no.csv'), 0)
    chmodSync(join(dir.path, 'in', 'locked'), 0)
    const places = { lake: join(dir.path, 'work', 'lake'), scratch: join(dir.path, 'work', 's') }
    const run = () => loadFolder({ session, folder: join(dir.path, 'in'), ...places })
    const { versions, findings } = await asNobody(run)
    expect(versions.map((v) => v.table.dataset)).toEqual(['a'])
    expect(findings.map((f) => [f.place.file, f.code]).sort()).toEqual([
      ['locked', 'source.no-permission'],
      ['ok/no.csv', 'source.no-permission'],
    ])
    chmodSync(join(dir.path, 'in'), 0)
    await expect(asNobody(run)).rejects.toMatchObject({ code: 'source.no-permission' })
    for (const name of ['in', 'in/locked']) chmodSync(join(dir.path, name), 0o755)
  })
  test('a file that grows while it is read is not taken', async () => {
    using dir = scratch()
    mkdirSync(join(dir.path, 'd'))
    const path = join(dir.path, 'd', 'a.csv')
    writeFileSync(path, `a,b\n${'1,2\n'.repeat(200_000)}`)
    linkSync(path, join(dir.path, 'd', 'b.csv'))
    const growing = setInterval(() => appendFileSync(path, '3,4\n'), 1)
    const loading = loadFolder({
      session,
      folder: dir.path,
      lake: join(dir.path, '.lake'),
      scratch: join(dir.path, '.scratch'),
    })
    await expect(loading).rejects.toMatchObject({ code: 'source.nothing-read' })
    clearInterval(growing)
  })
  test('names such as a"b, 𬱖, 列\\n名, x;--, %2e, con go through unharmed', async () => {
    const nasty = ['a"b', '𬱖', '列\n名', 'x;--', "o'x", 'con', '%2e', '表 1', 'ÄÖ']
    const files = Object.fromEntries(nasty.map((n) => [`${n}/${n}.csv`, `${csvField(n)},k\n值,1\n`]))
    const { versions } = await load(files)
    expect(new Set(versions.map((v) => v.table.department))).toEqual(new Set(nasty))
    for (const v of versions)
      expect([v.table.dataset, v.table.columns[0]]).toEqual([v.table.department, v.table.department])
  })
  test('a path segment never leaves its folder', () => {
    for (const name of [
      '../x',
      '..',
      '.',
      '/',
      'con',
      'nul.txt',
      'a/b',
      '\0',
      'x'.repeat(500),
      '汉'.repeat(200),
      'end.',
    ]) {
      const segment = pathSegment(name)
      expect(segment).not.toMatch(/[/\\\0]|^\.{1,2}$/)
      expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255)
    }
    expect(pathSegment('con')).not.toBe('con')
  })
})

test('unchanged bytes are the same version and are not read again; changed bytes are another', async () => {
  using dir = scratch()
  mkdirSync(join(dir.path, 'in'))
  const path = join(dir.path, 'in', 'a.csv')
  const run = () =>
    loadFolder({ session, folder: join(dir.path, 'in'), lake: join(dir.path, 'lake'), scratch: join(dir.path, 's') })
  writeFileSync(path, 'a,b\n1,2\n')
  const first = await run()
  expect((await run()).versions).toEqual(first.versions)
  writeFileSync(path, 'a,b\n1,3\n')
  const second = await run()
  expect(second.versions[0]!.table.version).not.toBe(first.versions[0]!.table.version)
  expect(await rowsOf(session, first.versions[0]!)).toEqual([{ [ROW]: 1, a: '1', b: '2' }])
})

/** Root may read everything: it takes another user's rights meanwhile. Everybody else keeps their own. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid!(65_534)
  try {
    return await work()
  } finally {
    process.seteuid!(0)
  }
}

/** A zip with one member, made by hand so that its name can be wicked. */
function zipOf(name: string, content: Buffer): Buffer {
  return zipOfMany([{ name, content }])
}
interface Member {
  readonly name: string
  readonly content: Buffer
  readonly flags?: number
  /** The size that is written down, true or not. */
  readonly size?: number
}
/** APPNOTE.TXT 4.3: local headers with their content, then the directory. */
function zipOfMany(members: readonly Member[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, flags = 0, size = content.length } of members) {
    const packed = deflateRawSync(content)
    const raw = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x800 | flags, 6)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(raw.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    local.copy(central, 6, 4, 30)
    central.writeUInt32LE(offset, 42)
    parts.push(local, raw, packed)
    directory.push(central, raw)
    offset += 30 + raw.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}
