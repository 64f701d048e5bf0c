export { ApiProblems } from './api-problems.js';
export { type Cursor, decodeCursor, encodeCursor, PageOf, pageOf, PageQueryDto } from './page.js';
export { ProblemFilter, sendProblem } from './problem.filter.js';
