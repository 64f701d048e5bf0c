export { isPlainText, IsText } from './is-text.js';
export { VALIDATION_OPTIONS } from './validation-options.js';
