import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NodeApiError } from 'n8n-workflow';
import { cloudApiRows } from '../../../nodes/WhatsAppGroups/providers/cloudApi/errors';
import { providers } from '../../../nodes/WhatsAppGroups/providers';
import { WhatsAppGroups } from '../../../nodes/WhatsAppGroups/WhatsAppGroups.node';
import { WhatsAppGroupsTrigger } from '../../../nodes/WhatsAppGroups/WhatsAppGroupsTrigger.node';
import { credentialTypes } from '../../support/credentials';
import type { AuthenticateFunction } from '../../support/credentials';
import { byId, stage } from '../../support/sandbox';

const root = join(__dirname, '../../..');

/** Every source file that ships. */
function sources(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return sources(path);
		return path.endsWith('.ts') ? [path] : [];
	});
}

const shipped = [...sources(join(root, 'nodes')), ...sources(join(root, 'credentials'))];

/**
 * Faults found in comparable nodes. Those of triggers (1 to 5) are tested beside the trigger, under
 * the same name.
 */
describe('peer faults', () => {
	const sinch = stage('sinch');
	const waha = stage('waha', 'NOWEB');

	it('6: what the provider answers decides, not that there was an answer', async () => {
		await waha.control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 200,
			body: false,
		});
		const error = await waha.fail('group.leave', {
			session: byId('default'),
			group: byId('120363400000000001@g.us'),
		});
		expect(error.message).toBe('WhatsApp does not allow this to the number of the session');
	});

	it('6: every icon that is named exists, in the same letters', () => {
		const icons = [
			new WhatsAppGroups().description.icon,
			new WhatsAppGroupsTrigger().description.icon,
			...Object.values(credentialTypes).map(({ icon }) => icon),
		];
		const names = readdirSync(join(root, 'icons'));
		for (const icon of icons) {
			const { light, dark } = icon as { light: string; dark: string };
			expect(light).not.toBe(dark);
			for (const path of [light, dark]) expect(names).toContain(path.split('/').pop());
		}
	});

	it.each(providers.map((provider) => [provider.name, provider] as const))(
		'7: %s reads deliveries and answers in which anything is missing',
		(_, { trigger, errors }) => {
			const bodies = [
				{},
				[],
				null,
				'text',
				{ data: [{}, null, 7] },
				{ event: 'message', payload: {} },
			];
			const envelope = (value: unknown) => ({
				object: 'whatsapp_business_account',
				entry: [
					null,
					{
						changes: [
							{ field: 'messages', value },
							{ field: 'group_participants_update', value },
						],
					},
				],
			});
			for (const body of [
				...bodies,
				...[{}, { messages: [{}] }, { groups: [{}, null] }].map(envelope),
			]) {
				const delivery = { body, headers: {}, query: {}, rawBody: Buffer.alloc(0) };
				expect(() => trigger.parse(delivery)).not.toThrow();
				const request = { method: 'POST', path: '/' };
				const response = { request, status: 500, headers: {}, body, isJson: true };
				expect(() => errors.read(response)).not.toThrow();
			}
		},
	);

	it.each(Object.values(credentialTypes))(
		'7: no secret of $displayName is part of an address',
		async ({ authenticate, properties }) => {
			const secrets = Object.fromEntries(properties.map(({ name }) => [name, 'secret']));
			const url = 'https://api.example.com/';
			const request = await (authenticate as AuthenticateFunction)(secrets, { url });
			expect(request).toEqual({ url, headers: expect.any(Object) });
		},
	);

	it('7: a secret that the provider echoes does not get into the error', async () => {
		const { authenticationToken } = sinch.sandbox().accounts.sinch.credentials;
		const body = { errorCode: 400, errorMessage: `Token ${authenticationToken} may not do this` };
		await sinch.control('post', '/faults', {
			provider: 'sinch',
			kind: 'answer',
			status: 400,
			body,
		});
		const error = await sinch.fail('group.leave', { group: byId('5519900000000-1513616971') });
		expect(error.description).toContain('Token *** may not');
		expect(JSON.stringify([error, error.cause, error.context])).not.toContain(authenticationToken);
	});

	it('7: nor does the credential when the connection breaks off', async () => {
		const { authenticationToken } = sinch.sandbox().accounts.sinch.credentials;
		await sinch.control('post', '/faults', { provider: 'sinch', kind: 'drop' });
		const error = await sinch.fail('group.leave', { group: byId('5519900000000-1513616971') });
		const all = [error, error.message, error.description, error.stack, error.cause, error.context];
		expect(JSON.stringify(all)).not.toContain(authenticationToken);
	});

	it('8: ids are encoded in paths', async () => {
		await waha.run('group.get', {
			session: byId('default'),
			group: byId('120363400000000001@g.us'),
		});
		expect(await waha.calls()).toEqual(['GET /noweb/api/default/groups/120363400000000001%40g.us']);
		await waha.fail('group.get', { session: byId('../x'), group: byId('120363400000000001@g.us') });
		expect((await waha.calls()).at(-1)).toContain('/api/..%2Fx/groups/');
	});

	it('8: an operation that does not exist is an error with a way out', async () => {
		const error = await sinch.fail('group.explode');
		expect(error.constructor.name).toBe('NodeOperationError');
		expect(error.description).toContain("'Operation'");
	});

	it('9: the action node is a tool, the trigger is not, and both have a subtitle', () => {
		const action = new WhatsAppGroups().description;
		const trigger = new WhatsAppGroupsTrigger().description;
		expect([action.usableAsTool, trigger.usableAsTool]).toEqual([true, undefined]);
		expect(action.subtitle && trigger.subtitle).toBeTruthy();
	});

	it('10: creating is never repeated after a lost answer', async () => {
		await sinch.control('post', '/faults', { provider: 'sinch', kind: 'dropAfter' });
		await sinch.fail('group.create', { subject: 'Once' });
		expect(await sinch.calls()).toEqual(['POST /v1/whatsapp/groups']);
	});

	it('11: no message that users see is rewritten by n8n', () => {
		const rows = [cloudApiRows, ...providers.map(({ errors }) => errors.rows)].flatMap(
			Object.values,
		);
		const node = { name: 'n', type: 't', typeVersion: 1, id: '', position: [0, 0], parameters: {} };
		for (const { message } of rows as Array<{ message: string }>) {
			const error = new NodeApiError(node as never, {}, { message, description: 'd' });
			expect(error.message).toBe(message);
		}
	});

	it('11: what the user entered never stands in a message', async () => {
		const error = await waha.fail('participant.add', {
			session: byId('default'),
			group: byId('120363400000000001@g.us'),
			participants: 'eperm-and-enoent',
			options: { failOnPartialFailure: true },
		});
		expect(error.message).toBe("'Participants' has an entry that cannot be read");
		expect(error.description).toContain('Entry 1, “eperm-and-enoent”: ');
		expect(await waha.calls()).toEqual([]);
	});

	it('no provider is asked for by name outside its folder', () => {
		const offenders = shipped.filter(
			(path) =>
				!path.includes('/providers/') &&
				/provider(\.id)?\s*[!=]==?\s*['"]/.test(readFileSync(path, 'utf8')),
		);
		expect(offenders).toEqual([]);
	});
});
