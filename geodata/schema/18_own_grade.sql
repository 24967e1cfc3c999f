-- The county's own grade of a water stands beside the computed one; and a water that was filled in is none any more.
alter table register.hazards
  add column own_grade text check (own_grade in ('Red', 'Orange', 'Yellow', 'Blue')),
  add column own_grade_on date,
  add column own_grade_by text check (length(own_grade_by) <= 200),
  add constraint hazards_own_grade_on_calendar check (register.is_in_calendar(own_grade_on)),
  add constraint hazards_own_grade_by_line check (register.is_line(own_grade_by));

alter table register.hazards drop constraint hazards_status_check;
alter table register.hazards add constraint hazards_status_check check (status in ('Active', 'Rectifying', 'Closed', 'Filled'));

drop index register.hazards_due;
create index hazards_due on register.hazards (next_inspection_due_at) where status not in ('Closed', 'Filled');
