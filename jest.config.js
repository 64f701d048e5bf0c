/** Unit specs stand beside their code; what crosses rooms is in test/. Run through `npm test`, which sets up first. */
export default {
  // Node's environment, which also skips the specs whose tools are absent.
  testEnvironment: '<rootDir>/scripts/test/environment.mjs',
  testEnvironmentOptions: { customExportConditions: ['minimeet-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['protocol', 'media-worker', 'sdk', 'loadtest', 'src', 'web/src', 'test', 'scripts'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/[^/]+/dist/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  testTimeout: 20_000,
};
