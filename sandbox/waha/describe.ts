import { serializedMessageId } from './ids';
import type { Group, Message, Person, Session } from './model';
import type { WahaServer } from './server';

/** A server's state as plain JSON for people and tests: nobody's ids are hidden in it. */
export function describeServer(server: WahaServer) {
	return {
		release: server.release,
		keyRequired: server.keyRequired,
		timings: { ...server.sessions.timings },
		sessions: server.sessions.all().map(describeSession),
		people: server.people.all().map((person) => ({ ...person })),
		groups: server.groups.all().map(describeGroup),
		messages: server.messages.all().map(describeMessage),
	};
}

const describeSession = ({ name, status, account, config }: Session) => ({
	name,
	status,
	phone: account?.phone ?? null,
	config: config ?? null,
});

const phonesOf = (people: Iterable<Person>) => [...people].map(({ phone }) => phone);

export const describeGroup = (group: Group) => ({
	id: group.id,
	subject: group.subject,
	description: group.description,
	inviteCode: group.inviteCode,
	creator: group.creator.phone,
	addressing: group.addressing,
	maxMembers: group.maxMembers,
	infoAdminsOnly: group.infoAdminsOnly,
	messagesAdminsOnly: group.messagesAdminsOnly,
	membersCanAdd: group.membersCanAdd,
	approvalRequired: group.approvalRequired,
	hasPicture: group.picture !== null,
	members: [...group.members].map(([{ phone, lid, name }, role]) => ({ phone, lid, name, role })),
	requests: phonesOf(group.requests.keys()),
	recentlyLeft: phonesOf(group.recentlyLeft.keys()),
});

export const describeMessage = (message: Message) => ({
	id: message.id,
	/** As the sender's session would see it. */
	serializedId: serializedMessageId(message, message.from),
	chat: message.chat,
	from: message.from.phone,
	kind: message.kind,
	text: message.text,
	content: message.content,
	mentions: message.mentions,
	quoted: message.quoted?.id ?? null,
	at: message.at,
	pinnedUntil: message.pinnedUntil,
	isRevoked: message.isRevoked,
	reactions: [...message.reactions].map(([{ phone }, reaction]) => ({ phone, reaction })),
});
