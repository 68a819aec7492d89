import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faults } from './faults/index.ts'
import {
  asFault,
  canonicalJson,
  codePointLength,
  csvField,
  fault,
  foldWidth,
  formatYuan,
  mask,
  parseYuan,
  safeCell,
  seeded,
  tidy,
  truncate,
} from './index.ts'

describe('text', () => {
  test('a name outside the basic plane counts as people count it', () => {
    expect(codePointLength('𬱖某')).toBe(2)
    expect(truncate('𬱖𬱖𬱖', 2)).toBe('𬱖𬱖…')
  })

  test('full-width letters and digits fold to ASCII, Chinese stays', () => {
    expect(foldWidth('１１０１０５１９４９１２３１００２Ｘ')).toBe('11010519491231002X')
    expect(tidy('　张三　')).toBe('张三')
    expect(foldWidth('（集团）')).toBe('(集团)')
    expect(foldWidth('㏠')).toBe('㏠')
  })

  test('folding agrees with NFKC wherever NFKC gives one ASCII character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const c of text) {
          const nfkc = c.normalize('NFKC')
          const expected = nfkc.length === 1 && nfkc.charCodeAt(0) < 128 ? nfkc : c
          if (foldWidth(c) !== expected) return false
        }
        return true
      }),
    )
  })

  test('a cell that a spreadsheet would run is made harmless, a number is not touched', () => {
    expect(safeCell('=1+1')).toBe("'=1+1")
    expect(safeCell('@SUM(A1)')).toBe("'@SUM(A1)")
    expect(safeCell('-12.5')).toBe('-12.5')
    expect(safeCell('-cmd')).toBe("'-cmd")
    expect(csvField('a"b\n')).toBe('"a""b\n"')
  })
})

describe('masking', () => {
  test('an ID number keeps three and four', () => expect(mask('11010519491231002X')).toBe('110***********002X'))
  test('nothing short stays whole', () => {
    expect(mask('张')).toBe('*')
    expect(mask('𬱖某')).toBe('𬱖*')
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => mask(text).includes('*')))
  })
})

describe('money', () => {
  test('yuan are exact in 分', () => {
    expect(parseYuan('1,234.5')).toBe(123450n)
    expect(parseYuan('￥12')).toBe(1200n)
    expect(parseYuan('1.005')).toBeUndefined()
    expect(parseYuan('12,34')).toBeUndefined()
    expect(formatYuan(parseYuan('-0.01')!)).toBe('-0.01')
    expect(formatYuan(parseYuan('1234567.89')!)).toBe('1,234,567.89')
  })
})

describe('faults', () => {
  test('every code carries its room and words in both languages', () => {
    for (const [code, row] of Object.entries(faults)) {
      expect(code).toMatch(/^[a-z]+\.[a-z0-9-]+$/)
      expect(row.zh.length).toBeGreaterThan(1)
      expect(row.en.length).toBeGreaterThan(1)
      const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()
      expect(new Set(places(row.zh)), code).toEqual(new Set(places(row.en)))
    }
  })
  test('an unknown error keeps its cause, an abort is a cancellation', () => {
    const cause = new Error('x')
    expect(asFault(cause).cause).toBe(cause)
    expect(asFault(AbortSignal.abort().reason).code).toBe('core.cancelled')
    expect(fault('core.bad-setting', { name: 'a', value: 'b', why: 'c' }).words.zh).toContain('a')
  })
})

describe('repeatability', () => {
  test('a seed gives the same draws, a fork is independent of the draws before it', () => {
    const draws = (seed: number) => Array.from({ length: 5 }, seeded(seed).next)
    expect(draws(7)).toEqual(draws(7))
    expect(draws(7)).not.toEqual(draws(8))
    const a = seeded(7)
    a.next()
    expect(a.fork('x').next()).toBe(seeded(7).fork('x').next())
  })
  test('canonical JSON does not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: '中' }] })).toBe('{"a":[{"c":"中","d":null}],"b":1}')
  })
})
