import { accessMigrations } from '../access/index.ts'
import { catalogueMigrations } from '../catalogue/index.ts'
import type { RoomMigrations } from '../store/index.ts'
import { workMigrations } from '../work/index.ts'

/** Every room's migrations, in the order data flows. The store's own come before them. */
export const migrations: readonly RoomMigrations[] = [accessMigrations, workMigrations, catalogueMigrations]
