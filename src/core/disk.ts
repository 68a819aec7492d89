import { open } from 'node:fs/promises'

/** Files and folders to the disk, in this order: when it returns they outlive the loss of power. Missing ones are passed over. */
export async function flush(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      // Windows opens no folders, and keeps their entries by itself
      if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'EPERM') return undefined
      throw error
    })
    await file?.sync().finally(() => file.close())
  }
}
