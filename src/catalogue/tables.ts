import { sql } from 'kysely'
import type { Json, RoomMigrations } from '../store/index.ts'
import type { FieldProfile } from './contract.ts'

export type CatalogueTables = {
  /** 部门. `id` is a digest of the name: names may be longer than an index takes. */
  catalogue_department: { id: string; name: string }
  /** 数据资源, by department and name. */
  catalogue_resource: { id: string; department: string; name: string }
  /** 版本: what was read, from which bytes. Never changed, never removed. */
  catalogue_version: {
    resource: string
    version: string
    sha256: string
    rows: number
    bytes: number
    origin: Json<unknown>
    /** The run that first met it. */
    run: string
  }
  /** 描述: all items of a version as one run saw them; the same description is kept once. */
  catalogue_description: { id: string; resource: string; version: string }
  /** 信息项 with profile and binding; sensitive values are masked before they come here. */
  catalogue_item: {
    description: string
    position: number
    name: string
    profile: Json<FieldProfile>
    binding: Json<unknown>
  }
  /** Which version of a resource, described how, a run was about. */
  catalogue_run_version: { run: string; resource: string; version: string; description: string }
}

export const catalogueMigrations: RoomMigrations = {
  room: 'catalogue',
  steps: [
    {
      name: 'departments, resources, versions, items',
      async up(db) {
        const { schema } = db
        await schema
          .createTable('catalogue_department')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('name', 'text', (c) => c.notNull())
          .execute()
        await schema
          .createTable('catalogue_resource')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('department', 'text', (c) => c.notNull().references('catalogue_department.id'))
          .addColumn('name', 'text', (c) => c.notNull())
          .execute()
        await schema
          .createTable('catalogue_version')
          .addColumn('resource', 'text', (c) => c.notNull().references('catalogue_resource.id'))
          .addColumn('version', 'text', (c) => c.notNull())
          .addColumn('sha256', 'text', (c) => c.notNull())
          .addColumn('rows', 'bigint', (c) => c.notNull())
          .addColumn('bytes', 'bigint', (c) => c.notNull())
          .addColumn('origin', 'json', (c) => c.notNull())
          .addColumn('run', 'text', (c) => c.notNull().references('work_run.id'))
          .addPrimaryKeyConstraint('catalogue_version_pk', ['resource', 'version'])
          .execute()
        await schema
          .createTable('catalogue_description')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('resource', 'text', (c) => c.notNull())
          .addColumn('version', 'text', (c) => c.notNull())
          .addForeignKeyConstraint('catalogue_description_of', ['resource', 'version'], 'catalogue_version', [
            'resource',
            'version',
          ])
          .execute()
        await schema
          .createTable('catalogue_item')
          .addColumn('description', 'text', (c) => c.notNull().references('catalogue_description.id'))
          .addColumn('position', 'integer', (c) => c.notNull())
          .addColumn('name', 'text', (c) => c.notNull())
          .addColumn('profile', 'json', (c) => c.notNull())
          .addColumn('binding', 'json', (c) => c.notNull())
          .addPrimaryKeyConstraint('catalogue_item_pk', ['description', 'position'])
          .execute()
        await schema
          .createTable('catalogue_run_version')
          .addColumn('run', 'text', (c) => c.notNull().references('work_run.id'))
          .addColumn('resource', 'text', (c) => c.notNull())
          .addColumn('version', 'text', (c) => c.notNull())
          .addColumn('description', 'text', (c) => c.notNull().references('catalogue_description.id'))
          .addPrimaryKeyConstraint('catalogue_run_version_pk', ['run', 'resource'])
          .addForeignKeyConstraint('catalogue_run_version_of', ['resource', 'version'], 'catalogue_version', [
            'resource',
            'version',
          ])
          .execute()
        await schema
          .createIndex('catalogue_run_version_by_resource')
          .on('catalogue_run_version')
          .columns(['resource', 'version'])
          .execute()
        await sql`create function catalogue_immutable() returns trigger language plpgsql as
          $$ begin raise exception 'immutable' using errcode = 'restrict_violation', constraint = tg_table_name; end $$
        `.execute(db)
        for (const table of ['catalogue_version', 'catalogue_description', 'catalogue_item'])
          await sql`create trigger immutable before update or delete on ${sql.table(table)}
            for each row execute function catalogue_immutable()`.execute(db)
      },
    },
  ],
}
