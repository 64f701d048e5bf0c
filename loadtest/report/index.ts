export { htmlReport, htmlSteps } from './html.js';
export { jsonReport } from './json.js';
export { junitReport } from './junit.js';
export { LiveTable, type LiveState } from './live-table.js';
export { textReport, textSteps } from './text.js';
