/** Horizontal bars, one a name. `value` is null where there was nothing to count; `label` is what stands at the bar's end. */
export interface Bars {
  readonly height: number
  /** Ends of the axis; the data's own when left out. */
  readonly min?: number
  readonly max?: number
  /** Distance between two numbers of the axis. */
  readonly step?: number
  /** Suffix of the axis' numbers. */
  readonly unit?: string
  readonly bars: readonly { readonly name: string; readonly value: number | null; readonly label: string }[]
}
