import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Bars } from './bars.ts'

use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer])

/** The one place where echarts draws. Loaded when the first chart is seen. */
export default function Canvas({ title, bars }: { title: string; bars: Bars }): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const chart = init(place.current!)
    const draw = (): void => chart.setOption(option(title, bars), true)
    draw()
    const resized = new ResizeObserver(() => chart.resize())
    resized.observe(place.current!)
    // the theme's colours stand at the root element
    const themed = new MutationObserver(draw)
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      resized.disconnect()
      themed.disconnect()
      chart.dispose()
    }
  }, [title, bars])
  return <div ref={place} role="img" aria-label={title} style={{ height: bars.height }} />
}

function option(title: string, { bars, min, max, step, unit = '' }: Bars): EChartsCoreOption {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(`--${name}`)
  const text = { color: colour('ink'), fontFamily: colour('font'), fontSize: 13 }
  return {
    animation: false,
    aria: { enabled: true, label: { description: describe(title, bars) }, decal: { show: true } },
    grid: { left: 8, right: 96, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(step === undefined ? { splitNumber: 4 } : { interval: step }),
      axisLabel: { ...text, color: colour('soft'), fontSize: 12, formatter: `{value}${unit}` },
      splitLine: { lineStyle: { color: colour('line') } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: text,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour('line') } },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        itemStyle: { color: colour('bar') },
        data: bars.map(({ value, label }) => ({ value: value ?? min ?? 0, label: { formatter: label } })),
        label: { show: true, position: 'right', ...text },
      },
    ],
  }
}

function describe(title: string, bars: Bars['bars']): string {
  return `${title}: ${bars.map(({ name, label }) => `${name} ${label}`).join(', ')}`
}
