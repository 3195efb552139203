"""The notice on personal information; who agrees to it agrees to this version."""

NOTICE = "个人信息处理规则"
VERSION = "2023-07-2"
