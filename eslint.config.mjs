import js from '@eslint/js';
import community from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

// The rules of n8n's strict mode, put together from the two plugins it uses. They apply to what
// ships; sandbox, scripts and tests may use Node's own modules and follow the general rules.
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
