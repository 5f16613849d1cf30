"""Reading and writing messages: the list, a conversation, single messages, and files."""
