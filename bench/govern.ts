import type { Benchmark } from './benchmark.ts'
import { cityPart } from './city.ts'
import { installPart } from './install.ts'
import { loadPart } from './load.ts'
import { servePart } from './serve.ts'

export const govern: Benchmark = {
  name: 'govern',
  means: 'a folder of departments in, a governed city out',
  parts: [
    installPart,
    cityPart('city-default', { people: 10_000, enterprises: 2_000, bars: { govern: 15, memory: 4000 } }),
    cityPart('city-tenth', { people: 100_000, enterprises: 20_000, once: true }),
    cityPart('city-million', {
      people: 1_000_000,
      enterprises: 200_000,
      bars: { govern: 300, memory: 4000, demo: 180 },
      once: true,
    }),
    loadPart,
    servePart,
  ],
}
