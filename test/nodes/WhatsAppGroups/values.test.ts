import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { personKeys, readAddress } from '../../../nodes/WhatsAppGroups/values/address';
import { readList } from '../../../nodes/WhatsAppGroups/values/list';
import { byId, stage } from '../../support/sandbox';

const team = '120363400000000001@g.us';
const sinchGroup = '5519900000000-1513616971';

/** A value as an expression gives it. */
const given = (value: unknown) => ({ items: [{ json: { value } as IDataObject }] });
const expression = '={{ $json.value }}';

describe('values that expressions give', () => {
	const sinch = stage('sinch');
	const send = (more: INodeParameters) => ({ group: byId(sinchGroup), text: 'Hi', ...more });

	it.each([null, undefined])('%s in an optional field is not given', async (value) => {
		await sinch.run(
			'message.send',
			send({ additionalFields: { correlationId: expression } }),
			given(value),
		);
		const [{ body }] = await sinch.seen();
		expect((body as { destinations: object[] }).destinations).toEqual([
			{ destination: sinchGroup, recipientType: 'group' },
		]);
	});

	it.each([null, undefined])(
		'%s in a required field is named as what the expression gives',
		async (value) => {
			const error = await sinch.fail('message.send', send({ text: expression }), given(value));
			expect(error.message).toBe("The expression in 'Text' gives nothing");
			expect(await sinch.calls()).toEqual([]);
		},
	);

	it.each([
		[{ a: 1 }, 'an object: {"a":1}'],
		[['a'], 'a list: ["a"]'],
		[true, 'true'],
	])('%j is no text', async (value, words) => {
		const error = await sinch.fail('message.send', send({ text: expression }), given(value));
		expect(error.message).toBe("'Text' is not a text");
		expect(error.description).toContain(words);
		expect(await sinch.calls()).toEqual([]);
	});

	it('a number is its digits', async () => {
		await sinch.run('message.send', send({ text: expression }), given(2026));
		expect(await sinch.seen()).toMatchObject([{ body: { message: { messageText: '2026' } } }]);
	});

	it('a message goes out as it was written', async () => {
		const text = '  1. one\n\n    2. two\n ';
		await sinch.run('message.send', send({ text }));
		expect(await sinch.seen()).toMatchObject([{ body: { message: { messageText: text } } }]);
	});

	it.each([false, [sinchGroup], { id: sinchGroup }, 12.5, Number('120363414984201825')])(
		'%j is no group',
		async (value) => {
			const error = await sinch.fail(
				'message.send',
				send({ group: byId(expression) }),
				given(value),
			);
			expect(error.message).toBe("'Group' is not the ID of a group");
			expect(await sinch.calls()).toEqual([]);
		},
	);

	it.each([
		['concurrency', '7', null],
		['concurrency', ' 7 ', null],
		['concurrency', null, null],
		['concurrency', '7.5', "'Concurrency' is not a whole number"],
		['concurrency', 'many', "'Concurrency' is not a whole number"],
		['concurrency', true, "'Concurrency' is not a whole number"],
		['concurrency', 0, "'Concurrency' is out of range"],
		['concurrency', 51, "'Concurrency' is out of range"],
		['delayBetweenRequests', -1, "'Delay Between Requests (Ms)' is out of range"],
	])('Option %s takes numerals: %j', async (name, value, message) => {
		const work = sinch.run('message.send', send({ options: { [name]: expression } }), given(value));
		if (message === null) expect(await work).toHaveLength(1);
		else await expect(work).rejects.toThrow(message);
	});

	it.each(['yes', 1, {}])(
		'Simplify is not %j, which is told before anything is sent',
		async (value) => {
			const error = await sinch.fail('message.send', send({ simplify: expression }), given(value));
			expect(error.message).toBe("'Simplify' is neither true nor false");
			expect(await sinch.calls()).toEqual([]);
		},
	);

	it.each([0, -3, 'all', {}])('Limit is not %j', async (value) => {
		const error = await sinch.fail(
			'group.getAll',
			{ returnAll: false, limit: expression },
			given(value),
		);
		expect(error.message).toMatch(/^'Limit' is (out of range|not a whole number)$/);
	});
});

describe('values of settings and choices', () => {
	const waha = stage('waha', 'WEBJS');
	const setting = (value: unknown) =>
		waha.run(
			'groupSetting.update',
			{
				session: byId('default'),
				group: byId(team),
				updateFields: { messagesAdminsOnly: expression },
			},
			given(value),
		);

	it.each([
		[true, true],
		['true', true],
		[false, false],
		['false', false],
	])('a flag takes %j', async (value, sent) => {
		await setting(value);
		expect(await waha.seen()).toMatchObject([{ body: { adminsOnly: sent } }]);
	});

	it.each(['yes', 1, 0, '', {}])('a flag does not take %j', async (value) => {
		await expect(setting(value)).rejects.toThrow(
			"'Only Admins Send Messages' is neither true nor false",
		);
		expect(await waha.calls()).toEqual([]);
	});

	it.each([null, undefined])('a setting of %s would change nothing', async (value) => {
		await expect(setting(value)).rejects.toThrow("'Update Fields' would change nothing");
		expect(await waha.calls()).toEqual([]);
	});

	it('an empty text removes a description, an expression that gives nothing does not', async () => {
		const update = (updateFields: INodeParameters, value?: unknown) =>
			waha.run(
				'group.update',
				{ session: byId('default'), group: byId(team), updateFields },
				given(value),
			);
		await update({ description: '' });
		expect(await waha.seen()).toMatchObject(
			[{ path: /description$/, body: { description: '' } }].map(({ body }) => ({ body })),
		);
		await update({ subject: 'Support Team', description: expression }, null);
		expect((await waha.calls()).filter((call) => call.endsWith('/description'))).toHaveLength(1);
		await expect(update({ description: expression }, null)).rejects.toThrow(
			"'Update Fields' would change nothing",
		);
	});
});

describe('a choice', () => {
	const dialog360 = stage('dialog360');

	it.each(['open', 'ApprovalRequired', '', false])(
		'that there is not (%j) does not become an open group',
		async (value) => {
			const error = await dialog360.fail(
				'group.create',
				{ subject: 'Inquiry', additionalFields: { joinApprovalMode: expression } },
				given(value),
			);
			expect(error.message).toBe("'Join Approval Mode' is none of the values that there are");
			expect(error.description).toContain('approvalRequired or autoApprove');
			expect(await dialog360.calls()).toEqual([]);
		},
	);

	it('is not sent when an expression gives nothing', async () => {
		await dialog360.run(
			'group.create',
			{
				subject: 'Inquiry',
				additionalFields: { joinApprovalMode: expression, description: expression },
			},
			given(null),
		);
		const [{ body }] = await dialog360.seen();
		expect(body).toEqual({ messaging_product: 'whatsapp', subject: 'Inquiry' });
	});
});

describe('phone numbers as people write and copy them', () => {
	const phone = '447700900123';

	it.each([
		'+44 7700 900123',
		'0044 7700 900123',
		'447700900123',
		'+44 (0) 7700 900123',
		'+44(0)7700-900-123',
		'0044 (0)7700 900123',
		'44 (0) 7700 900123',
		'(+44) 7700 900123',
		'+44.7700.900.123',
		'\u202a+44 7700 900123\u202c',
		'\u200e+44\u00a07700\u200b900123\u200f',
		'+44\u20117700\u2013900123',
		'\uff0b\uff14\uff14 7700 900123',
		'+\u0664\u0664 7700 900123',
		'tel:+447700900123',
		'TEL:+44-7700-900123',
		'https://wa.me/447700900123',
		'wa.me/447700900123?text=Hi%20there',
		'https://api.whatsapp.com/send?phone=447700900123&text=Hi',
		'https://api.whatsapp.com/send/?phone=%2B447700900123',
		'447700900123@c.us',
		'447700900123@s.whatsapp.net',
		'447700900123:12@s.whatsapp.net',
	])('%s', (text) => {
		expect(readAddress(text)).toEqual({ kind: 'phone', digits: phone });
	});

	it.each([
		'+44 7700 900123/900124',
		'+447700900123/+447700900124',
		'4477/0090',
		'07700 900123',
		'12345',
		'1234567890123456',
		'+44 7700 900123 ext. 5',
		'+44 7700 +900123',
		'Ada',
		'+1 212 (0) 5550123',
		'447700900123@g.us',
		'120363414984201825@newsletter',
	])('not %s', (text) => {
		expect(() => readAddress(text)).toThrow('A phone number is expected');
	});

	it('ids of the providers', () => {
		expect(readAddress('123456@lid')).toEqual({ kind: 'lid', id: '123456' });
		expect(readAddress('US.13491208655302741918')).toMatchObject({ kind: 'userId' });
	});
});

describe('lists of people', () => {
	const [ada, ben] = ['447700900111', '447700900112'];
	const read = (value: unknown) =>
		readList(value, personKeys, (text) => {
			const address = readAddress(text);
			return address.kind === 'phone' ? address.digits : address.id;
		}).map(({ id, given: what }) => id ?? what);

	it.each([
		['commas', `+${ada}, +${ben}`],
		['semicolons', `${ada};${ben}`],
		['line breaks', `${ada}\r\n${ben}\n`],
		['Arabic commas', `${ada}\u060c${ben}`],
		['full-width commas', `${ada}\uff0c${ben}`],
		['an array', [ada, ben]],
		['an array of numbers', [Number(ada), Number(ben)]],
		['an array in JSON', JSON.stringify([`+${ada}`, `+${ben}`])],
		['objects in JSON', JSON.stringify([{ phone: ada }, { phone: ben }])],
		['quoted numbers', `"+${ada}", '+${ben}'`],
		['arrays in arrays', [[ada], [ben]]],
		['items of n8n', [{ json: { phone: ada } }, { json: { phone: ben } }]],
		[
			'participants, simplified',
			[
				{ id: `${ada}@c.us`, phone: ada, role: 'admin' },
				{ id: '1@lid', phone: null, role: null },
			]
				.slice(0, 1)
				.concat([{ id: `${ben}@c.us`, phone: ben, role: 'participant' }]),
		],
		[
			'participants of WEBJS',
			[ada, ben].map((n) => ({
				id: { server: 'c.us', user: n, _serialized: `${n}@c.us` },
				isAdmin: false,
			})),
		],
		['participants of WEBJS 2026.7', [ada, ben].map((n) => ({ id: { $1: `${n}@c.us` } }))],
		['participants of NOWEB', [ada, ben].map((n) => ({ id: `${n}@s.whatsapp.net`, admin: null }))],
		[
			'participants of GOWS',
			[ada, ben].map((n) => ({ JID: `${n}@s.whatsapp.net`, IsAdmin: false })),
		],
		['participants of 360dialog', [{ wa_id: ada }, { wa_id: ben }]],
		[
			'results',
			[ada, ben].map((participant) => ({
				groupId: team,
				participant,
				phone: participant,
				status: 'failed',
				code: 403,
			})),
		],
		[
			'raw results of NOWEB',
			[ada, ben].map((n) => ({ jid: `${n}@s.whatsapp.net`, status: '200' })),
		],
		['join requests', [ada, ben].map((n) => ({ id: n, phone: n, joinRequest: `request-${n}` }))],
		['raw join requests', [ada, ben].map((n) => ({ join_request_id: 'x', wa_id: n }))],
	])('come as %s', (_, value) => {
		expect(read(value)).toEqual([ada, ben]);
	});

	it('name every entry that cannot be read, with its place, and drop none', () => {
		expect(
			readList([ada, null, 'Ada', { name: 'Ben' }, false, ''], personKeys, (text) => {
				readAddress(text);
				return text;
			}).map(({ place, id, problem }) => [place, id ?? null, problem !== undefined]),
		).toEqual([
			[1, ada, false],
			[2, null, true],
			[3, null, true],
			[4, null, true],
			[5, null, true],
			[6, null, true],
		]);
	});
});

describe('entries that cannot be read', () => {
	const waha = stage('waha', 'NOWEB');
	const on = (more: INodeParameters) => ({ session: byId('default'), group: byId(team), ...more });
	const people = '+44 7700 900122, Ada, +44 7700 900123/900124';

	it('are failed ones, and the others are done', async () => {
		const results = await waha.run('participant.add', on({ participants: people }));
		expect(results).toMatchObject([
			{ participant: '447700900122@c.us', status: 'success' },
			{
				participant: 'Ada',
				status: 'failed',
				phone: null,
				reason: expect.stringContaining('country code'),
			},
			{ participant: '+44 7700 900123/900124', status: 'failed' },
		]);
		expect(await waha.seen()).toMatchObject([
			{ body: { participants: [{ id: '447700900122@c.us' }] } },
		]);
	});

	it('keep everything from being sent with Fail on Partial Failure', async () => {
		const error = await waha.fail(
			'participant.add',
			on({ participants: people, options: { failOnPartialFailure: true } }),
		);
		expect(error.message).toBe("'Participants' has 2 entries that cannot be read");
		expect(error.description).toMatch(/Entry 2, “Ada”: .* Entry 3, “\+44 7700 900123\/900124”: /);
		expect(await waha.calls()).toEqual([]);
	});

	it('send nothing when there are no others', async () => {
		expect(await waha.run('participant.remove', on({ participants: 'Ada' }))).toMatchObject([
			{ participant: 'Ada', status: 'failed' },
		]);
		expect(await waha.calls()).toEqual([]);
	});

	it('are errors of their own field elsewhere', async () => {
		const create = await waha.fail('group.create', {
			session: byId('default'),
			subject: 'New',
			additionalFields: { participants: people },
		});
		expect(create.message).toBe("'Participants' has 2 entries that cannot be read");
		const mention = await waha.fail(
			'message.send',
			on({ text: 'Hi', additionalFields: { mentions: 'all, Ada' } }),
		);
		expect(mention.message).toBe("'Mentions' has an entry that cannot be read");
		expect(await waha.calls()).toEqual([]);
	});
});
