import { defineConfig } from 'vitest/config'

const long = { testTimeout: 180_000, hookTimeout: 180_000 }
const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, exclude: name === 'unit' ? ['**/*.int.test.ts'] : [], ...more },
})

/** Unit tests are `*.test.ts`; those in which a store, an engine or a process takes part are `*.int.test.ts`. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      project('unit', ['src/**/*.test.ts', 'test/unit/**/*.test.ts']),
      project('integration', ['src/**/*.int.test.ts', 'test/integration/**/*.test.ts'], long),
      project('guide', ['test/guide/**/*.test.ts'], long),
      project('journey', ['test/journey/**/*.test.ts'], long),
      project('package', ['test/package/**/*.test.ts'], long),
    ],
  },
})
