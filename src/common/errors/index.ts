export { AppError } from './app-error.js';
export { isDatabaseDown, isDeadlock, isDuplicate, isMissingReference } from './database-failure.js';
export { errorCodeOf, toErrorReply } from './error-reply.js';
