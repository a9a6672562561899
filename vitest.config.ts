import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,test,seeds,scripts,bench}/**/*.test.{ts,tsx}'],
    globalSetup: 'test/support/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
})
