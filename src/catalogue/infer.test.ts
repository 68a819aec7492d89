import { describe, expect, test } from 'vitest'
import { inferType } from './infer.ts'

describe('the type of a column, judged by its values', () => {
  test.each([
    ['integer', ['1', '22', '-3']],
    ['decimal', ['1.5', '1,234.00', '7']],
    ['date', ['2024-02-29', '20240229', '2024年2月9日']],
    ['text', ['010101', '110105']],
    ['empty', []],
  ])('%s', (type, values) => {
    expect(inferType(values).type).toBe(type)
  })

  test('more digits than a double holds are no number: citizen ID numbers, card numbers', () => {
    const numbers = ['110105194912310021', '440524188001010014', '11010519491231002X']
    expect(inferType(numbers)).toEqual({ type: 'text', conforming: 3, filled: 3 })
    expect(inferType(['6222021234567890128']).type).toBe('text')
  })
})
