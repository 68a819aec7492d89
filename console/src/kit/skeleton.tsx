import { Skeleton as AntSkeleton } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'

/** Nothing is shown for this long: what arrives sooner needs no placeholder. In milliseconds. */
const quiet = 300

export function Skeleton({ label, lines = 6 }: { label: string; lines?: number }): ReactNode {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), quiet)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-busy="true">
      <span className="unseen">{label}</span>
      {shown ? <AntSkeleton paragraph={{ rows: lines }} title={false} /> : null}
    </div>
  )
}
