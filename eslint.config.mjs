import js from '@eslint/js';
import community from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

// The rules of n8n's own configuration (`@n8n/node-cli/eslint`), for what ships. It uses three plugins.
// Two are here with all their rules; the third is import-x, whose errors (unresolved, named, namespace,
// default, export) are those that `tsc` reports in TypeScript, and whose warnings are left out: they
// would not be worth its resolver, native code with a package for each platform.
//
// The package does not claim `n8n.strict`: with that, n8n's tool wants its configuration here
// unchanged, and that one holds sandbox, scripts and tests to the rules for what ships, such as no
// Node.js modules. What ships has no errors by it; n8n's scanner (`npm run scan`) says so as well.
const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const [communityRecommended] = [community.configs.recommended].flat();

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', 'coverage/**'] },
	{
		files: ['**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.recommended],
		linterOptions: { reportUnusedDisableDirectives: 'error' },
	},
	{
		files: shipped,
		plugins: { ...communityRecommended.plugins, 'n8n-nodes-base': nodesBase },
		rules: { ...communityRecommended.rules, 'no-console': 'error' },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...nodesBase.configs.credentials.rules,
			// For n8n's own repository: community credentials link to an http URL.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...nodesBase.configs.nodes.rules,
			// Off in n8n's own configuration: they predate NodeConnectionTypes and the newer limit field.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['package.json'],
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		plugins: { ...communityRecommended.plugins, 'n8n-nodes-base': nodesBase },
		rules: { ...communityRecommended.rules, ...nodesBase.configs.community.rules },
	},
);
