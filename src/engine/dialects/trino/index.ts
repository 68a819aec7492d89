import { dialectOf } from '../render.ts'
import { trinoSpelling } from './spelling.ts'

/** Renders plans for Trino. There is no session yet: the seam is held by rendering every plan in tests. */
export const trinoDialect = dialectOf(trinoSpelling)
