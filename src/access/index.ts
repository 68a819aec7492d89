export { linkLife, mostWrong, type Session, SignIn, sessionLife } from './sign-in.ts'
