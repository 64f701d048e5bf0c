/** Of the driver, which TypeORM uses otherwise, what the reader of the search needs. */
declare module 'better-sqlite3' {
  interface Statement {
    all(...parameters: unknown[]): unknown[];
  }

  class Database {
    constructor(file: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number });
    prepare(sql: string): Statement;
  }

  export default Database;
}
