/** A string that has been judged once at the door and carries that judgement in its type. */
export type Branded<Name extends string> = string & { readonly __brand: Name }

/** A department: the name of its folder. */
export type DepartmentName = Branded<'Department'>
/** A dataset within its department, e.g. `参保登记` or `台账#人口` for a sheet of a workbook. */
export type DatasetName = Branded<'Dataset'>
/** An immutable version of a dataset: 16 hexadecimal digits. */
export type VersionId = Branded<'Version'>
/** A run of the whole pipeline. */
export type RunId = Branded<'Run'>
/** An entity (主体), unique within its kind. */
export type EntityId = Branded<'Entity'>
