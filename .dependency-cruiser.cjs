const shipped = '^nodes/WhatsAppGroups';

/** What may import what: from the left of this list to its right, never back. */
const layers = [
	['nodes', `${shipped}/[^/]+\\.node\\.ts$`],
	['descriptions', `${shipped}/descriptions/`],
	['actions, methods, trigger and waiting', `${shipped}/(actions|methods|trigger|waiting)/`],
	['providers', `${shipped}/providers/`],
	['contract', `${shipped}/contract/`],
	['transport', `${shipped}/transport/`],
	['values', `${shipped}/values/`],
	['model', `${shipped}/model\\.ts$`],
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'Two files that need each other are one thing, or lack a third that both need.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		...layers.slice(1).map(([name, path], i) => ({
			name: `${name}: no import from above`,
			severity: 'error',
			from: { path },
			to: { path: layers.slice(0, i + 1).map(([, above]) => above) },
		})),
		{
			name: 'providers know nothing of each other',
			comment: 'What they share lies in providers/ itself or in cloudApi/.',
			severity: 'error',
			from: { path: `${shipped}/providers/([^/]+)/` },
			to: {
				path: `${shipped}/providers/[^/]+/`,
				pathNot: [`${shipped}/providers/$1/`, `${shipped}/providers/cloudApi/`],
			},
		},
		{
			name: 'what ships stands alone',
			comment: 'n8n has n8n-workflow at run time; everything else would be a runtime dependency.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { pathNot: ['^(nodes|credentials)/', '^node_modules/n8n-workflow/', '^(node:)?crypto$'] },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
