import { html, type Markup } from './markup.ts'

type Cell = Markup | string | number

/** A column of a table: its heading, and whether it holds figures. */
export interface Column {
  readonly head: Markup
  readonly figures?: boolean
}

/** A table whose first column names its rows. It may scroll sideways on a narrow screen; on paper its head is repeated. */
export function table(caption: Markup, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Markup {
  const kind = (i: number): string => (columns[i]?.figures ? 'n' : 't')
  return html`<div class="wide" role="group" tabindex="0" aria-label="表格，可横向滚动 · table, scrolls sideways"><table><caption>${caption}</caption>
<thead><tr>${columns.map((c, i) => html`<th scope="col" class="${kind(i)}">${c.head}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${kind(i)}">${cell}</td>`))}</tr>
`,
  )}</tbody></table></div>`
}
