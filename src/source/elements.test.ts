import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elementsOf } from './elements.ts'

/** All elements, and whether the document is one array. */
function split(text: string): { elements: string[]; whole: boolean } {
  const elements: string[] = []
  const list = elementsOf(text)
  for (let step = list.next(); ; step = list.next()) {
    if (step.done) return { elements, whole: step.value }
    elements.push(step.value)
  }
}

describe('the elements of a JSON array', () => {
  test('any array, written tight or with indents, is split where JSON.parse splits it', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2, '\t'), (list, indent) => {
        const { elements, whole } = split(` ${JSON.stringify(list, null, indent)}\n`)
        expect(whole).toBe(true)
        expect(elements.map((e) => JSON.parse(e))).toEqual(JSON.parse(JSON.stringify(list)))
      }),
    )
  })

  test('brackets, commas, quotes and backslashes inside text split nothing', () => {
    const list = ['],[', '\\', '\\"', '"', '{"a":[', '\\\\","']
    expect(split(JSON.stringify(list)).elements.map((e) => JSON.parse(e))).toEqual(list)
  })

  test('what is cut short, goes on, or is no array is not taken for one', () => {
    for (const text of ['', ' ', '{"a":[1]}', '[1', '[1]]', '[1] 2', '["a', '[1}', '"[]"'])
      expect(split(text).whole, text).toBe(false)
    expect(split('[]')).toEqual({ elements: [], whole: true })
    expect(split('[1,]').elements).toEqual(['1', ''])
  })
})
