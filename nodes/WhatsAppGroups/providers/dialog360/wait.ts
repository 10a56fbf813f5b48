import type { CreatedGroup, Group } from '../../model';
import type { Api } from '../../transport/api';
import type { Answer } from '../provider';
import { listGroups } from './group';
import { getInviteLink } from './inviteLink';

/** The most groups that one page holds (providers.md §2.2). */
const largestPage = 1024;
const firstPauseMs = 500;
const longestPauseMs = 5000;

/** Ids that cannot be the new group: there before the run, or taken by another item of it. */
export async function groupsBefore(api: Api): Promise<Set<string>> {
	const known =
		(api.shared.get(groupsBefore.name) as Promise<Set<string>> | undefined) ?? allIds(api);
	api.shared.set(groupsBefore.name, known);
	return await known;
}

/**
 * Polls the list until a new group with the subject is there, and gives it with its invite link. Two
 * items that create groups of the same subject each take another one.
 */
export async function waitForGroup(
	api: Api,
	pending: CreatedGroup,
	waitSeconds: number,
): Promise<Answer<CreatedGroup>> {
	const taken = await groupsBefore(api);
	const deadline = Date.now() + waitSeconds * 1000;
	let seen = 0;
	for (let pauseMs = firstPauseMs; Date.now() < deadline; pauseMs *= 1.5) {
		await api.sleep(Math.min(pauseMs, longestPauseMs, Math.max(0, deadline - Date.now())));
		const groups = await allGroups(api);
		seen = groups.length;
		const group = groups
			.filter(({ id, subject }) => !taken.has(id) && matches(pending, id, subject))
			.sort((a, b) => String(b.createdAt).localeCompare(String(a.createdAt)))[0];
		if (group) {
			taken.add(group.id);
			return await describe(api, pending, group);
		}
	}
	throw api.failure(
		`The group was not there after ${waitSeconds} seconds`,
		`360dialog took the request (ID ${pending.requestId ?? 'unknown'}) and lists ${seen} groups, none of them new with this subject. It may still be created, so running this again could create it twice: look with Group: Get Many first, or raise 'Maximum Wait'.`,
	);
}

function matches(pending: CreatedGroup, id: string, subject: string | null): boolean {
	return pending.id === null ? subject === pending.subject : id === pending.id;
}

async function describe(
	api: Api,
	pending: CreatedGroup,
	{ id, createdAt }: Group,
): Promise<Answer<CreatedGroup>> {
	const { model } = await api.after(
		`The group was created with the ID ${id}, but its invite link could not be read: run Invite Link: Get.`,
		async () => await getInviteLink(api, { group: id }),
	);
	return { model: { ...pending, status: 'created', id, createdAt, inviteLink: model.link } };
}

async function allIds(api: Api): Promise<Set<string>> {
	return new Set((await allGroups(api)).map(({ id }) => id));
}

async function allGroups(api: Api): Promise<Group[]> {
	const groups: Group[] = [];
	let cursor: string | undefined;
	do {
		const page = await listGroups(api, { limit: largestPage, cursor });
		groups.push(...page.entries.map(({ model }) => model));
		cursor = page.next;
	} while (cursor !== undefined);
	return groups;
}
