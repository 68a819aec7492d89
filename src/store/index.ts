export { type Held, holdDirectory } from './hold.ts'
