export { accessMigrations } from './sessions.ts'
export { linkLife, mostWrong, type Session, SignIn, sessionLife } from './sign-in.ts'
