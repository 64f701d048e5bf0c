export { isPlainText, IsText } from './is-text.js';
export { Optional } from './optional.js';
export { PayloadPipe } from './payload.pipe.js';
export { VALIDATION_OPTIONS } from './validation-options.js';
