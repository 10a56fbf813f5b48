import { engines, team, wahaStage } from '../../../support/waha';

const grace = '447700900122';
const nobody = '447700900404';

describe.each(engines)('WAHA with %s: whether numbers are on WhatsApp', (engine) => {
	const { run, fail, on, answer, calls, seen } = wahaStage(engine);
	const check = async (participants: unknown, more: object = {}) =>
		await run('participant.checkNumber', { participants: participants as string, ...more });

	it('checks each number, with one request and one item each', async () => {
		expect(await check(`+44 7700 900122, ${nobody}`)).toEqual([
			{
				input: '+44 7700 900122',
				phone: grace,
				exists: true,
				id: `${grace}@c.us`,
				status: 'success',
				reason: null,
			},
			{ input: nobody, phone: nobody, exists: false, id: null, status: 'success', reason: null },
		]);
		expect(await calls()).toEqual(Array(2).fill('GET /api/contacts/check-exists'));
		expect((await seen()).map(({ query }) => query)).toEqual([
			{ phone: grace, session: 'default' },
			{ phone: nobody, session: 'default' },
		]);
	});

	it('says of what is no number that it is none, and checks the others', async () => {
		const given = '={{ ["07700 900123", null, {}, 447700900122, "100000000000113@lid"] }}';
		const results = await check(given);
		expect(results.map(({ input, exists, status }) => [input, exists, status])).toEqual([
			['07700 900123', null, 'failed'],
			['null', null, 'failed'],
			['{}', null, 'failed'],
			['447700900122', true, 'success'],
			['100000000000113@lid', null, 'failed'],
		]);
		expect(results[0].reason).toContain('in place of the leading 0');
		expect(results[4].reason).toContain('whoever has one is on WhatsApp');
		expect(await calls()).toHaveLength(1);
	});

	it.each([
		['', "'Phone Numbers' is empty"],
		['={{ null }}', "The expression in 'Phone Numbers' gives nothing"],
	])('asks for a number before any request: “%s”', async (participants, message) => {
		expect((await fail('participant.checkNumber', { participants })).message).toBe(message);
		expect(await calls()).toEqual([]);
	});

	it('refuses everything before any request when asked to', async () => {
		const error = await fail('participant.checkNumber', {
			participants: `${grace}, hello`,
			options: { failOnPartialFailure: true },
		});
		expect(error.message).toBe("'Phone Numbers' has an entry that cannot be read");
		expect(await calls()).toEqual([]);
	});

	it('gives the ID that WhatsApp has for a number, which may lack a digit', async () => {
		await answer(200, { numberExists: true, chatId: '551187654321@c.us' });
		expect(await check('+55 11 98765-4321')).toMatchObject([
			{ phone: '5511987654321', exists: true, id: '551187654321@c.us' },
		]);
	});

	it('gives what WAHA wrote with Simplify off', async () => {
		expect(await check(grace, { simplify: false })).toEqual([
			{ input: grace, numberExists: true, chatId: `${grace}@c.us` },
		]);
	});

	it.each([[{}], [''], [[]], [{ numberExists: null }], [{ numberExists: 1 }]])(
		'takes %j for no answer',
		async (body) => {
			await answer(200, body);
			const error = await fail('participant.checkNumber', { participants: grace });
			expect(error.message).toBe('The provider answered in a way that cannot be read');
		},
	);

	it('fails when the second request does', async () => {
		await answer(422, { error: 'Session "default" does not exist' }, { after: 1 });
		const error = await fail('participant.checkNumber', { participants: `${grace}, ${nobody}` });
		expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
	});

	describe('Check Numbers First', () => {
		const add = async (participants: string, options: object = {}) =>
			await run(
				'participant.add',
				on(team, { participants, options: { checkNumbers: true, ...options } as never }),
			);

		it('adds who is on WhatsApp, and says who is not', async () => {
			const results = await add(`${nobody}, ${grace}, 100000000000124@lid`);
			expect(results.map(({ participant, status, code }) => [participant, status, code])).toEqual([
				[`${nobody}@c.us`, 'failed', 404],
				[`${grace}@c.us`, 'success', 200],
				['100000000000124@lid', 'success', 200],
			]);
			expect(results[0].reason).toBe('The number is not on WhatsApp: check it.');
			const sent = (await seen()).filter(({ method }) => method === 'POST');
			expect(sent.map(({ body }) => body)).toEqual([
				{ participants: [{ id: `${grace}@c.us` }, { id: '100000000000124@lid' }] },
			]);
		});

		it('adds by the ID that WhatsApp has, and says it of the number that was given', async () => {
			await answer(200, { numberExists: true, chatId: `${grace}@c.us` });
			expect(await add('447700900999')).toMatchObject([
				{ participant: '447700900999@c.us', phone: '447700900999', status: 'success' },
			]);
		});

		it('adds nobody when nobody is on WhatsApp', async () => {
			expect(await add(nobody)).toMatchObject([{ status: 'failed', phone: nobody }]);
			expect(await calls()).toEqual(['GET /api/contacts/check-exists']);
		});

		it('fails on a partial failure when asked to', async () => {
			const error = await fail(
				'participant.add',
				on(team, {
					participants: `${nobody}, ${grace}`,
					options: { checkNumbers: true, failOnPartialFailure: true },
				}),
			);
			expect(error.message).toBe('Of 2 entries 1 failed, 1 done');
			expect(error.description).toContain(`${nobody}@c.us: The number is not on WhatsApp`);
		});

		it('adds nobody when a number cannot be checked', async () => {
			await answer(
				500,
				{ exception: { message: 'x' } },
				{ path: 'check-exists$', times: 'always' },
			);
			const error = await fail(
				'participant.add',
				on(team, { participants: grace, options: { checkNumbers: true } }),
			);
			expect(error.context).toMatchObject({ status: 'failed' });
			expect((await calls()).filter((call) => call.startsWith('POST'))).toEqual([]);
		});

		it('is off by default', async () => {
			await run('participant.add', on(team, { participants: grace }));
			expect(await calls()).toEqual([`POST /groups/${team}/participants/add`]);
		});
	});
});
