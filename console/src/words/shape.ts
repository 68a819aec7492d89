/** The same keys as the source language, each with words of its own. A key too many or too few does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> }
