// The members are the contract's words; their attributes say what they mean.
#pragma warning disable CS1591

namespace HazardMap.Register;

/// <summary>What a person answers for.</summary>
public enum ResponsibilityRole
{
    [Word("责任领导", "Leader", "包保领导")] Leader,
    [Word("权属责任人", "Owner", "权属人")] Owner,
    [Word("巡查看护员", "Warden", "看护人")] Warden,
    [Word("检查员", "Inspector", "巡查人")] Inspector,
    [Word("救援人员", "Rescuer", "施救人")] Rescuer,
}
