import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProviderId } from '../../../nodes/WhatsAppGroups/contract/provider';
import { byId, stage } from '../../support/sandbox';

interface Setting {
	group: string;
	/** Two people as a user writes them, and as the provider does. */
	people: [string, string];
	ids: [string, string];
	fields: INodeParameters;
	/** Path of a send. */
	path: string;
	/** To whom a request goes. */
	to: (body: IDataObject) => unknown;
}

const cloud: Setting = {
	group: 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD',
	people: ['+44 7700 900456', '0016505550000'],
	ids: ['+447700900456', '+16505550000'],
	fields: { template: byId('invite|en_US'), phoneNumber: byId('106540352242922') },
	path: 'messages',
	to: ({ to }) => to,
};
const settings: Record<ProviderId, Setting> = {
	dialog360: cloud,
	meta: cloud,
	sinch: {
		group: '5519900000000-1513616971',
		people: ['+55 19 97777-0001', '+55 19 97777-0002'],
		ids: ['5519977770001', '5519977770002'],
		fields: { inviteText: 'Come in: {link}\nor {link}' },
		path: 'whatsapp/send',
		to: ({ destinations }) => (destinations as IDataObject[])[0].destination,
	},
	waha: {
		group: '120363400000000001@g.us',
		people: ['+44 7700 900111', '+44 7700 900112'],
		ids: ['447700900111@c.us', '447700900112@c.us'],
		fields: { inviteText: 'Come in: {link}\nor {link}', session: byId('default') },
		path: 'sendText',
		to: ({ chatId }) => chatId,
	},
};

describe.each(Object.keys(settings) as ProviderId[])('%s: Invite Link: Send', (id) => {
	const { run, fail, seen, control } = stage(id);
	const { group, people, ids, fields, path, to } = settings[id];
	const isCloud = id === 'dialog360' || id === 'meta';
	const invite = { group: byId(group), participants: people.join(', '), ...fields };
	const sends = async () => (await seen()).filter((request) => request.path.endsWith(path));

	if (isCloud) {
		beforeEach(async () => {
			await run('template.createInvite', {
				...fields,
				templateName: 'invite',
				languageCode: 'en_US',
			});
			await control('delete', '/requests');
		});
	}
	const refuse = async (fault: object) =>
		await control('post', '/faults', { provider: id, kind: 'answer', path, ...fault });

	it('sends the link to each, one item per person', async () => {
		const results = await run('inviteLink.send', invite);
		expect(results).toEqual(
			ids.map((participant) => ({
				groupId: group,
				participant,
				phone: participant.replace(/\D/g, ''),
				status: 'success',
				code: null,
				reason: null,
				messageId: expect.any(String),
			})),
		);
		const bodies = (await sends()).map(({ body }) => body as IDataObject);
		expect(bodies.map(to).sort()).toEqual([...ids].sort());
		if (isCloud) {
			expect(bodies[0]).toMatchObject({
				recipient_type: 'individual',
				type: 'template',
				template: {
					name: 'invite',
					language: { code: 'en_US' },
					components: [{ type: 'body', parameters: [{ type: 'group_id', group_id: group }] }],
				},
			});
		} else {
			const { link } = (await run('inviteLink.get', invite))[0];
			expect(JSON.stringify(bodies[0])).toContain(
				JSON.stringify(`Come in: ${String(link)}\nor ${String(link)}`).slice(1, -1),
			);
			if (id === 'sinch') {
				expect(bodies[0]).toMatchObject({ destinations: [{ recipientType: 'individual' }] });
			}
		}
	});

	it('reads the link once per group and run', async () => {
		await run('inviteLink.send', invite, { items: [{}, {}, {}] });
		expect(await sends()).toHaveLength(6);
		expect(await seen()).toHaveLength(isCloud ? 6 : 7);
	});

	it('keeps people apart: what one is refused for is theirs alone', async () => {
		await refuse({ status: 400, body: { error: { code: 131026, message: 'Undeliverable' } } });
		const results = await run('inviteLink.send', { ...invite, options: { concurrency: 1 } });
		expect(results.map(({ status }) => status)).toEqual(['failed', 'success']);
		expect(results[0]).toMatchObject({
			participant: ids[0],
			messageId: null,
			reason: expect.stringMatching(/refused|accept/),
		});
	});

	it('says of a lost answer that it may have been sent', async () => {
		await control('post', '/faults', { provider: id, kind: 'dropAfter', path });
		const results = await run('inviteLink.send', { ...invite, options: { concurrency: 1 } });
		expect(results.map(({ status }) => status)).toEqual(['unknown', 'success']);
		expect(results[0].reason).toContain('ask them before running this again');
		expect(await sends()).toHaveLength(2);
	});

	it('fails with Fail on Partial Failure where one is refused', async () => {
		await refuse({ status: 400, body: { error: { code: 131026, message: 'Undeliverable' } } });
		const error = await fail('inviteLink.send', {
			...invite,
			options: { concurrency: 1, failOnPartialFailure: true },
		});
		expect(error.message).toBe('Of 2 entries 1 failed, 1 done');
	});

	it('fails as a whole where the credential is refused', async () => {
		await refuse({ status: 401, body: {}, times: 'always' });
		const error = await fail('inviteLink.send', invite);
		expect(error.message).toMatch(/does not accept/);
		expect((error.context as IDataObject).status).toBe('failed');
	});

	it('puts out an entry that cannot be read as failed, and sends to the others', async () => {
		const results = await run('inviteLink.send', {
			...invite,
			participants: `nobody, ${people[0]}`,
		});
		expect(results).toMatchObject([
			{ participant: 'nobody', status: 'failed' },
			{ participant: ids[0], status: 'success' },
		]);
		expect(await sends()).toHaveLength(1);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['nobody', { participants: '' }, /^'Participants' is empty$/],
		['nothing', { participants: '={{ null }}' }, /^The expression in 'Participants' gives/],
		...((isCloud
			? [
					['no template', { template: byId('') }, /^'Template' is empty$/],
					['a name that is none', { template: byId('Invite us|en') }, /^'Template' is not/],
				]
			: [
					['a text without the link', { inviteText: 'Come in' }, /^'Text' has no place/],
					['no text', { inviteText: ' ' }, /^'Text' is empty$/],
					['an object', { inviteText: '={{ {a: 1} }}' }, /^'Text' is not a text$/],
				]) as Array<[string, INodeParameters, RegExp]>),
	])('refuses %s before any request', async (_, more, message) => {
		const error = await fail('inviteLink.send', { ...invite, ...more });
		expect(error.message).toMatch(message);
		expect(await seen()).toEqual([]);
	});

	if (isCloud) {
		it('tells of each that the template is not there', async () => {
			const template = byId('other|en_US');
			const error = await fail('inviteLink.send', { ...invite, template });
			expect(error.message).toMatch(/does not know an approved template/);
		});

		it('tells that another template is none for invitations', async () => {
			const components = [{ type: 'BODY', text: 'Hi {{1}}' }];
			const about = { name: 'other', language: 'en_US', category: 'UTILITY', components };
			await control('post', `/${id}/templates`, about);
			const results = await run('inviteLink.send', { ...invite, template: byId('other|en_US') });
			expect(results).toMatchObject([
				{ status: 'failed', code: 132012 },
				{ status: 'failed', code: 132012 },
			]);
		});
	}

	if (id === 'waha') {
		it('tells of somebody who is not on WhatsApp', async () => {
			const participants = `${people[0]}, +44 7700 900404`;
			const results = await run('inviteLink.send', { ...invite, participants });
			expect(results[0].status).toBe('success');
			expect(['failed', 'unknown']).toContain(results[1].status);
		});
	}

	if (id !== 'waha') {
		it('is what Participant: Add points to', async () => {
			const error = await fail('participant.add', invite);
			expect(error.message).toContain('Invite Link: Send');
		});
	}
});
