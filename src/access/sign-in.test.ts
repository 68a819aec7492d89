import { beforeEach, expect, test } from 'vitest'
import { linkLife, mostWrong, SignIn, sessionLife } from './index.ts'

let now: number
let signIn: SignIn
beforeEach(() => {
  now = Date.UTC(2026, 10, 25)
  signIn = new SignIn({ now: () => new Date(now) })
})
const later = (milliseconds: number): void => {
  now += milliseconds
}
const redeem = async (token: string) => await signIn.redeem(token)

test('a link signs in once', async () => {
  const token = await signIn.issue()
  const { secret, session } = await redeem(token)
  expect(session).toEqual({ role: 'bureau', expiresAt: new Date(now + sessionLife) })
  expect(await signIn.who(secret)).toEqual(session)
  await expect(redeem(token)).rejects.toMatchObject({ code: 'access.bad-link' })
  expect(await signIn.who(secret)).toEqual(session)
})

test('two links are two: using one leaves the other, and no secret is said twice', async () => {
  const tokens = [await signIn.issue(), await signIn.issue()]
  const secrets = [(await redeem(tokens[1]!)).secret, (await redeem(tokens[0]!)).secret]
  expect(new Set([...tokens, ...secrets]).size).toBe(4)
  for (const word of [...tokens, ...secrets]) expect(word).toMatch(/^[\w-]{43}$/)
  expect(await signIn.who(tokens[0]!)).toBeUndefined()
})

test('a link lasts ten minutes', async () => {
  const [inTime, late] = [await signIn.issue(), await signIn.issue()]
  later(linkLife)
  expect((await redeem(inTime)).session.role).toBe('bureau')
  later(1)
  await expect(redeem(late)).rejects.toMatchObject({ code: 'access.bad-link' })
})

test('a session lasts twelve hours, or until it is ended', async () => {
  const { secret } = await redeem(await signIn.issue())
  later(sessionLife)
  expect(await signIn.who(secret)).toBeDefined()
  later(1)
  expect(await signIn.who(secret)).toBeUndefined()
  const { secret: second } = await redeem(await signIn.issue())
  await signIn.end(second)
  await signIn.end(second)
  expect(await signIn.who(second)).toBeUndefined()
  expect(await signIn.who('never issued')).toBeUndefined()
})

test('after twenty wrong tokens even a good one waits until the wrong ones are ten minutes old', async () => {
  for (let i = 0; i < mostWrong; i++)
    await expect(redeem(`guess ${i}`)).rejects.toMatchObject({ code: 'access.bad-link', status: 401 })
  await expect(redeem(await signIn.issue())).rejects.toMatchObject({ code: 'access.too-many', status: 429 })
  later(linkLife)
  expect((await redeem(await signIn.issue())).session.role).toBe('bureau')
})
