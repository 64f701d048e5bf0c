export { AppError } from './app-error.js';
export { isDatabaseDown, isDeadlock, isDuplicate } from './database-failure.js';
export { errorCodeOf, toErrorReply } from './error-reply.js';
