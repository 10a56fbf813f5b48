import { execFileSync } from 'node:child_process';
import { validateNodeDescription } from 'n8n-core/dist/nodes-loader/validate-node-description';
import { NodeHelpers } from 'n8n-workflow';
import type {
	INode,
	INodeCredentialDescription,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { resources } from '../../../nodes/WhatsAppGroups/actions';
import { providers } from '../../../nodes/WhatsAppGroups/providers';
import type { Provider } from '../../../nodes/WhatsAppGroups/contract/provider';
import { WhatsAppGroups } from '../../../nodes/WhatsAppGroups/WhatsAppGroups.node';
import nodeCodex from '../../../nodes/WhatsAppGroups/WhatsAppGroups.node.json';
import triggerCodex from '../../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node.json';
import manifest from '../../../package.json';

const { description } = new WhatsAppGroups();
const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ resource, operation })),
);

/** Whether the editor shows a property or option for these parameters, by n8n's own rule. */
function isShown(
	property: INodeProperties | INodePropertyOptions | INodeCredentialDescription,
	parameters: INodeParameters,
) {
	const node = { typeVersion: 1, parameters } as unknown as INode;
	return NodeHelpers.displayParameter(parameters, property, node, description, parameters);
}

function shownOptions(name: string, parameters: INodeParameters): string[] {
	return description.properties
		.filter((property) => property.name === name && isShown(property, parameters))
		.flatMap((property) => property.options as INodePropertyOptions[])
		.filter((option) => isShown(option, parameters))
		.map(({ value }) => String(value));
}

function parametersFor(provider: Provider, key: string): INodeParameters {
	const [resource, operation] = key.split('.');
	return { provider: provider.id, resource, operation };
}

const cells = providers.flatMap((provider) =>
	operations.map(({ resource, operation }) => ({
		name: `${provider.name} ${operation.key}`,
		provider,
		resource,
		operation,
		supported: provider.operations[operation.key] !== undefined,
	})),
);

describe('the node description', () => {
	it('has no issue for the validator of n8n-core', () => {
		expect(() => validateNodeDescription(description)).not.toThrow();
	});

	it('lists each action once', () => {
		const actions = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }) => (options as INodePropertyOptions[]).map(({ action }) => action));
		expect(new Set(actions).size).toBe(actions.length);
		expect(actions).toHaveLength(operations.length);
	});

	it('describes every field, so that an AI agent can fill it', () => {
		const undescribed = description.properties.filter(
			({ type, name, description: text }) =>
				!text &&
				type !== 'notice' &&
				!['resource', 'operation', 'options'].includes(name) &&
				type !== 'collection',
		);
		expect(undescribed.map(({ name }) => name)).toEqual([]);
	});

	it('shows one credential for each provider', () => {
		for (const { id, credentialName } of providers) {
			const shown = description.credentials!.filter((credential) =>
				isShown(credential, { provider: id }),
			);
			expect(shown.map(({ name }) => name)).toEqual([credentialName]);
		}
	});

	it.each(providers.map(({ name }) => name.split(' ')[0]))(
		'is found by the name of %s, in the node panel and among packages',
		(brand) => {
			expect(nodeCodex.alias).toContain(brand);
			expect(triggerCodex.alias).toContain(brand);
			expect(manifest.keywords).toContain(brand.toLowerCase());
			for (const text of [manifest.description, description.description]) {
				expect(text).toContain(brand);
			}
		},
	);

	it('starts with a choice that exists', () => {
		const defaults = NodeHelpers.getNodeParameters(
			description.properties,
			{},
			true,
			false,
			null,
			description,
		)!;
		expect(shownOptions('operation', defaults)).toContain(defaults.operation);
	});
});

describe.each(cells)('$name', ({ provider, resource, operation, supported }) => {
	const parameters = parametersFor(provider, operation.key);
	const shown = description.properties.filter((property) => isShown(property, parameters));

	if (supported && operation.onGroup) {
		it('shows an ID of the provider as an example, which it takes', () => {
			const [group] = shown.filter(({ name }) => name === 'group');
			const byId = group.modes?.find(({ name }) => name === 'id');
			expect(byId?.placeholder).toBe(`e.g. ${provider.groupIdExample}`);
			expect(provider.groupId(provider.groupIdExample)).toBe(provider.groupIdExample);
		});
	}

	it(supported ? 'can be picked' : 'cannot be picked', () => {
		expect(shownOptions('operation', parameters).includes(String(parameters.operation))).toBe(
			supported,
		);
		if (supported) expect(shownOptions('resource', parameters)).toContain(resource.value);
	});

	it(supported ? 'shows its fields once' : 'shows a notice and no fields', () => {
		const notices = shown
			.filter(({ type }) => type === 'notice')
			.map(({ displayName }) => displayName);
		const names = shown.filter(({ type }) => type !== 'notice').map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		if (supported) {
			const { unproven } = provider.operations[operation.key]!;
			expect(notices).toEqual(unproven === undefined ? [] : [unproven]);
			expect(names.includes('group')).toBe(operation.onGroup === true);
			expect(names).toContain('options');
			const saysMore = provider.operations[operation.key]?.isPlain !== true;
			expect(names.includes('simplify')).toBe(operation.simplify === true && saysMore);
		} else {
			expect(notices).toEqual([provider.unsupported[operation.key]]);
			expect(names).not.toContain('group');
			expect(names).not.toContain('options');
		}
	});
});

describe('records and documents agree', () => {
	it('the generated documents are up to date', () => {
		const check = () =>
			execFileSync('npx', ['tsx', 'scripts/docs.ts', '--check'], { stdio: 'pipe' });
		expect(check).not.toThrow();
	});
});
