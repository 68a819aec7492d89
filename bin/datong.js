#!/usr/bin/env node
// Finds a Node that can run Datong, then the program: compiled when installed, TypeScript source in a checkout.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) carryOver()
else await run()

async function run() {
  const compiled = new URL('../dist/src/app/main.js', import.meta.url)
  const source = new URL('../src/app/main.ts', import.meta.url)
  const entry = existsSync(fileURLToPath(source)) ? source : compiled
  await import(pathToFileURL(fileURLToPath(entry)).href)
}

/** Starts itself under the Node that came with the package. Signals reach it, and its end is ours. */
function carryOver() {
  const child = spawn(newerNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(2)
  })
  child.on('close', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function newerNode() {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node')
  } catch {
    console.error(`Datong needs Node 22.18 or newer; this is ${process.version}. 大同需要 Node 22.18 或更新版本。`)
    process.exit(2)
  }
}
