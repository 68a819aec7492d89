import { z } from 'zod'

/** Words in both languages, as HTTP and the console see them. */
export const Words = z.object({
  zh: z.string().describe('Chinese, the source language.'),
  en: z.string().describe('English.'),
})
