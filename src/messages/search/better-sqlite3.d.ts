/** Of the driver, which TypeORM uses otherwise, what the search's thread needs. */
declare module 'better-sqlite3' {
  interface Statement {
    all(...parameters: unknown[]): unknown[];
  }

  class Database {
    constructor(file: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number });
    pragma(text: string): unknown;
    prepare(sql: string): Statement;
  }

  export default Database;
}
