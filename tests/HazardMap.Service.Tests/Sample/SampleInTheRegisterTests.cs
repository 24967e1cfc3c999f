using HazardMap.Service.Sample;

namespace HazardMap.Service.Tests.Sample;

[Collection(WenshanRegister.Shared)]
public sealed class SampleInTheRegisterTests(WenshanRegister wenshan)
{
    private static readonly string[] Tables =
        ["divisions", "hazards", "facilities", "settlements", "people", "responsibilities", "inspections", "rectifications", "incidents"];

    [Fact]
    public async Task Every_record_says_that_it_is_synthetic()
    {
        foreach (var table in Tables)
        {
            Assert.NotEqual(0, await CountAsync($"register.{table}"));
            Assert.Equal(0,
                await CountAsync($"register.{table} where not is_synthetic or source not like '%示例数据%' "
                    + "or source not like '%synthetic%'"));
        }
    }

    [Fact]
    public async Task There_is_no_phone_number_in_it_and_no_person_but_posts()
    {
        Assert.Equal(0, await CountAsync("register.people where phone is not null or name not like '%' || post or name not like '% %'"));
        foreach (var table in Tables)
            Assert.Equal(0, await CountAsync(
                $"register.{table} t cross join lateral jsonb_each_text(to_jsonb(t) - '{{id,hazard_id,facility_id,person_id,inspector_id,"
                    + "assigned_to_id,done_by_id,verified_by_id,code,parent_code,division_code,shape,boundary,location,centre,"
                    + "position}'::text[]) f where f.value ~ '1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}'"));
    }

    [Fact]
    public async Task Every_row_has_its_history_by_the_author_sample()
    {
        foreach (var table in Tables)
            Assert.Equal(await CountAsync($"register.{table}"), await CountAsync(
                $"register.history where entity = initcap('{table}') and operation = 'insert' and changed_by = 'sample'"));
    }

    [Fact]
    public async Task Every_water_has_its_leader_and_somebody_of_the_village_on_any_day()
    {
        foreach (var day in new[] { "2023-03-01", "2024-01-15", "2025-06-30", "2026-05-20" })
            Assert.Equal(0, await CountAsync($"""
                (select h.id from register.hazards h
                 left join register.responsibilities r on r.hazard_id = h.id and r.valid_from <= '{day}'
                   and (r.valid_to is null or '{day}' < r.valid_to)
                 group by h.id
                 having count(*) filter (where r.role = 'Leader') <> 1 or count(*) filter (where r.role in ('Owner', 'Warden')) <> 1) wrong
                """));
        Assert.InRange(await CountAsync("register.responsibilities where valid_to is not null"), 1000, 4000);
    }

    [Fact]
    public async Task A_rectifying_water_has_an_open_rectification_and_no_other_has()
    {
        Assert.Equal(0, await CountAsync("""
            register.hazards h where (h.status = 'Rectifying') <> exists (
              select from register.rectifications r where r.hazard_id = h.id and r.state <> 'Closed')
            """));
        Assert.Equal(0,
            await CountAsync("register.inspections i join register.hazards h on h.id = i.hazard_id where i.at > h.last_inspected_at"));
    }

    [Fact]
    public async Task Rivers_and_places_of_the_frame_are_there()
    {
        Assert.Equal(15, await CountAsync("register.rivers"));
        Assert.Equal(54, await CountAsync("register.places"));
        Assert.Equal(24_900, await CountAsync("register.hazard_risks"));
    }

    [Fact]
    public async Task Loading_it_twice_is_refused_and_changes_nothing()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(
            () => new SampleLoader(wenshan.Database).WriteAsync(BuiltSamples.Wenshan, CancellationToken.None));
        Assert.Equal(("SampleAlreadyThere", "5326"), (refusal.Code, refusal.Target));
        Assert.Equal(24_900, await CountAsync("register.hazards"));
        Assert.False(await SampleLoader.IsRegisterEmptyAsync(wenshan.Database, CancellationToken.None));
    }

    [Fact]
    public async Task That_it_is_there_already_is_said_before_anything_is_built()
    {
        // Whose frame files are nowhere cannot be built.
        var plan = SamplePlan.Wenshan with { Folder = "nowhere" };
        var refusal = await Assert.ThrowsAsync<RefusalException>(
            () => SampleLoader.LoadAsync(wenshan.Database, plan, CancellationToken.None));
        Assert.Equal(("SampleAlreadyThere", "5326"), (refusal.Code, refusal.Target));
        refusal = await Assert.ThrowsAsync<RefusalException>(
            () => SampleLoader.RefuseTwiceAsync(wenshan.Database, [SamplePlan.Leshan, SamplePlan.Wenshan], CancellationToken.None));
        Assert.Equal("5326", refusal.Target);
        await SampleLoader.RefuseTwiceAsync(wenshan.Database, [SamplePlan.Leshan], CancellationToken.None);
    }

    private async Task<long> CountAsync(string from) => await wenshan.ScalarAsync<long>("select count(*) from " + from);
}
