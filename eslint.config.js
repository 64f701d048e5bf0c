import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const castThroughUnknown = {
  selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
  message:
    'A cast through unknown hides a wrong type. What two libraries force belongs in one adapter file, with its reason.',
};

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/dist/', 'data/', 'coverage/', 'test-results/'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // Specs belong to the project of test/, scripts to their own.
        project: ['*/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An async method may implement a promise of its interface without awaiting anything itself.
      '@typescript-eslint/require-await': 'off',
      // `void` marks a promise whose failures are handled where it is made; numbers in messages are fine.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-syntax': ['error', castThroughUnknown],
    },
  },
  {
    files: ['media-worker/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        castThroughUnknown,
        {
          selector:
            ':matches(TSParameterProperty, PropertyDefinition, MethodDefinition[kind!="constructor"])[accessibility="private"]',
          message:
            'Private members of the media core begin with #, all of them, so that a class is read in one dialect.',
        },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // expect(mock.method) names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Configuration files and scripts of no TypeScript project.
    files: ['*.{js,mjs,cjs}', 'web/*.{js,ts}', 'web/public/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // Runs in the page as it is, with a browser's globals.
    files: ['web/public/*.js'],
    rules: { 'no-undef': 'off' },
  },
  {
    // Typed by JSDoc and checked by tsc; what JSON.parse gives is any there.
    files: ['**/*.mjs'],
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  prettier,
);
