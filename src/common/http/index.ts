export { ApiFile, ApiUpload } from './api-file.js';
export { ApiProblems } from './api-problems.js';
export { jsonOnly } from './json-only.js';
export { decodeCursor, encodeCursor, PageOf, pageOf, PageQueryDto } from './page.js';
export { ProblemFilter } from './problem.filter.js';
export { endUnreadBodies } from './unread-bodies.js';
