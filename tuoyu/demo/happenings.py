"""What happens to single institutions of the demo besides their months, and when."""

from datetime import datetime

from tuoyu.clock import beijing
from tuoyu.demo import questions, requests, team
from tuoyu.demo.places import GULOU, HUIAN


def at(moment):
    return beijing(datetime.fromisoformat(moment))


HAPPENINGS = {
    (GULOU, 0): [(at("2024-02-02T16:20"), questions.ask_about_weekends)],
    (GULOU, 1): [(at("2024-02-01T11:05"), questions.ask_about_absence)],
    (GULOU, 7): [
        (at("2023-09-05T09:00"), team.take_on),
        (at("2023-10-12T17:00"), team.hand_on),
        (at("2024-01-30T10:15"), questions.ask_about_branches),
    ],
    (GULOU, 8): [(at("2024-02-03T19:10"), requests.correct_attendance)],
    (GULOU, 10): [(at("2024-02-02T15:00"), requests.ask_for_holidays)],
    (GULOU, 18): [(at("2024-02-03T20:00"), requests.correct_training)],
    (GULOU, 21): [(at("2024-02-01T14:30"), requests.change_pictures)],
    (GULOU, 24): [
        (at("2023-10-16T09:30"), requests.move_to_taijiang),
        (at("2023-11-01T07:00"), requests.move_in),
    ],
    (GULOU, 26): [(at("2024-01-29T09:30"), requests.wait_to_be_received)],
    (GULOU, 41): [
        (at("2023-11-20T10:00"), requests.close),
        (at("2023-11-30T07:00"), requests.take_effect),
    ],
    (GULOU, 43): [
        (at("2023-11-21T10:00"), requests.suspend_for_repairs),
        (at("2023-12-01T07:00"), requests.take_effect),
        (at("2024-01-30T16:00"), requests.ask_to_reopen),
    ],
    (GULOU, 44): [(at("2024-01-30T09:00"), requests.close_badly)],
    (HUIAN, 1): [(at("2024-01-29T09:00"), requests.correct_a_closed_month)],
    (HUIAN, 2): [(at("2024-01-23T15:30"), questions.ask_for_the_province)],
}
WITH_PICTURES = {(GULOU, number) for number in (1, 7, 21, 24, 26)}
FIRST_ACCOUNTS = {(GULOU, 7): team.FIRST}  # of who led before somebody else did
